package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.DocumentedApi;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.News;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Repair;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.WaitingReason;
import dev.usher.settings.Origin;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code openapi.yaml} says against what is in the code. */
class ApiDocumentIT {

  @TempDir private static Path folder;
  private static OpenPorts ports;
  private static DocumentedApi api;

  @BeforeAll
  static void open() throws Exception {
    ports = OpenPorts.in(folder);
    api = new DocumentedApi();
  }

  @AfterAll
  static void close() throws Exception {
    ports.close();
  }

  @Test
  void bothPortsServeItToAnyone() throws IOException {
    for (Client client : List.of(ports.client(), ports.admin())) {
      Reply reply = client.call("GET", "/openapi.yaml");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
      assertThat(reply.body()).contains("openapi: 3.1.0").endsWith("\n");
      assertThat(client.call("POST", "/openapi.yaml").header("Allow")).isEqualTo("GET");
    }
  }

  @Test
  void everyRouteIsAnOperationAndEveryOperationARoute() {
    assertThat(calls("public")).isEqualTo(routes(ports.publicRouter()));
    assertThat(calls("admin")).isEqualTo(routes(ports.adminRouter()));
  }

  @Test
  void everyOperationNeedsTheRoleItNames() throws IOException {
    for (DocumentedApi.Operation operation : api.operations()) {
      if (operation.isTagged("admin") && !operation.isTagged("public")) {
        String path = operation.path().replaceAll("\\{[^}]*}", "x");
        Reply without = ports.admin().call(operation.method(), path);

        assertThat(without.status() == 401).as(operation.call()).isEqualTo(isGuarded(operation));
        if (isGuarded(operation) && !operation.role().equals(Role.VIEW.word())) {
          assertThat(ports.admin().call(operation.method(), path, below(operation)).status())
              .as(operation.call())
              .isEqualTo(403);
        }
      }
    }
  }

  @Test
  void wordsAreThoseOfTheCode() {
    assertThat(api.words("SignupState")).isEqualTo(words(SignupState.values(), SignupState::word));
    assertThat(api.words("DeliveryState"))
        .isEqualTo(words(DeliveryState.values(), DeliveryState::word));
    assertThat(api.words("WaitingReason"))
        .containsExactlyInAnyOrderElementsOf(words(WaitingReason.values(), WaitingReason::word));
    assertThat(api.words("Cause")).isEqualTo(words(Cause.values(), Cause::word));
    assertThat(api.words("Outcome")).isEqualTo(words(Outcome.values(), Outcome::word));
    assertThat(api.words("NewsKind")).isEqualTo(words(News.Kind.values(), News.Kind::word));
    assertThat(api.words("Origin"))
        .isEqualTo(words(Origin.values(), origin -> origin.name().toLowerCase(Locale.ROOT)));
    assertThat(texts(api.document().at("/components/securitySchemes/bearer/x-usher-roles")))
        .isEqualTo(words(Role.values(), Role::word));
    assertThat(calls("admin"))
        .containsAll(words(Repair.values(), repair -> "POST /admin/dead-letters/" + repair.word()));
  }

  @Test
  void anActionHasTheSettingsOfTheFile() throws IOException {
    JsonNode file =
        new ObjectMapper()
            .readTree(ApiDocumentIT.class.getResource("/schema/actions.schema.json"))
            .at("/properties/actions/additionalProperties/properties");
    JsonNode told = api.document().at("/components/schemas/ActionSettings/properties");

    assertThat(names(told)).isEqualTo(names(file));
    assertThat(names(told.at("/retry/properties"))).isEqualTo(names(file.at("/retry/properties")));
  }

  @Test
  void examplesFitTheirSchemas() {
    int[] checked = new int[1];
    examples(api.document(), "", checked);

    assertThat(checked[0]).isGreaterThan(15);
  }

  private static void examples(JsonNode node, String at, int[] checked) {
    if (node.has("schema")) {
      check(node.path("example"), at + "/schema", checked);
      node.path("examples").forEach(one -> check(one.path("value"), at + "/schema", checked));
    } else if (at.matches("/components/schemas/[^/]+")) {
      node.path("examples").forEach(one -> check(one, at, checked));
    }
    node.properties()
        .forEach(
            field ->
                examples(
                    field.getValue(), at + "/" + DocumentedApi.pointed(field.getKey()), checked));
  }

  private static void check(JsonNode example, String schema, int[] checked) {
    if (!example.isMissingNode()) {
      api.check(schema, example.toString(), "an example");
      checked[0]++;
    }
  }

  private static Set<String> calls(String tag) {
    return api.operations().stream()
        .filter(operation -> operation.isTagged(tag))
        .map(DocumentedApi.Operation::call)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> routes(Router router) {
    Set<String> calls = new TreeSet<>();
    for (Route route : router.getRoutes()) {
      if (route.methods() != null) {
        String path = route.getName().replaceAll(":([a-z]+)", "{$1}");
        route.methods().forEach(method -> calls.add(method + " " + path));
      }
    }
    return calls;
  }

  private static boolean isGuarded(DocumentedApi.Operation operation) {
    return !operation.role().isEmpty();
  }

  private static String below(DocumentedApi.Operation operation) {
    boolean isDeploy = operation.role().equals(Role.DEPLOY.word());
    return "Authorization: Bearer " + (isDeploy ? OpenPorts.OPERATE_TOKEN : OpenPorts.VIEW_TOKEN);
  }

  private static <T> List<String> words(T[] all, Function<T, String> word) {
    return Arrays.stream(all).map(word).toList();
  }

  private static List<String> texts(JsonNode array) {
    return Arrays.asList(new ObjectMapper().convertValue(array, String[].class));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
