package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.config.ActionsWatch;
import dev.usher.gateway.config.Saved;
import dev.usher.gateway.http.ActionControl;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.DocumentedApi;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reading;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.journal.CommitListener;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.settings.Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real answers of both ports against what {@code openapi.yaml} says of them. */
class ApiAnswersIT {

  private static final String NOBODY = "/admin/signups/signup_00000000000000000000000zzz";
  private static final String FILE =
      """
      actions:
        welcome-email: { required: true, address: signup.email }
        busy: { address: signup.busy, repeatable: false }
        later: { address: signup.later, after: welcome-email, delay: 1h }
      """;

  @TempDir private Path folder;
  private DocumentedApi api;
  private OpenPorts ports;
  private ActionsWatch watch;

  @BeforeEach
  void open() throws Exception {
    api = new DocumentedApi();
    Files.writeString(folder.resolve("actions.yaml"), FILE);
    ports = OpenPorts.in(folder, this::control);
  }

  @AfterEach
  void close() throws Exception {
    watch.close();
    ports.close();
  }

  private Optional<ActionControl> control(Journal journal, Pipeline pipeline) throws Exception {
    ConfigJournal configs = new ConfigJournal();
    configs.open(journal);
    watch =
        ActionsWatch.start(
            folder.resolve("actions.yaml"),
            Map.of(),
            Saved.NOTHING,
            configs,
            now -> pipeline.configure(now.actions(), now.revision()));
    pipeline.configure(watch.inForce().actions(), watch.inForce().revision());
    return Optional.of(new LiveActions(watch));
  }

  @Test
  void everyOperationAnswersAsItIsDocumented() throws Exception {
    for (String path : List.of("/openapi.yaml", "/health/live", "/health/ready", "/metrics")) {
      get(path);
    }
    signups();
    deadLetters();
    actions();
    handlers();
    journal();
    streams();
    erasure();
    verification();
    for (String path : List.of("/admin/totals", "/admin/config", "/admin/audit?limit=2")) {
      get(path);
    }

    assertThat(api.answered())
        .isEqualTo(
            api.operations().stream()
                .map(DocumentedApi.Operation::id)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private void signups() throws IOException {
    ports.serve("signup.email");
    String place = post("", Client.SIGNUP).header("Location");
    String other =
        post("Prefer: wait=1", "{\"email\":\"bob@example.com\",\"busy\":true,\"later\":1}")
            .header("Location");
    post("Idempotency-Key: k", Client.SIGNUP);
    post("Idempotency-Key: k", Client.SIGNUP);
    assertThat(post("Idempotency-Key: k", "{}").status()).isEqualTo(422);
    assertThat(post("Idempotency-Key:", "{}").status()).isEqualTo(400);
    assertThat(post("Expect: tea", "{}").status()).isEqualTo(417);
    assertThat(post("", "x".repeat(OpenPorts.BODY_LIMIT + 1)).status()).isEqualTo(413);
    assertThat(post("Content-Encoding: gzip", "{}").status()).isEqualTo(415);
    receive("HEAD", place);
    receive("GET", place);
    assertThat(receive("GET", place + "x").status()).isEqualTo(404);
    get("/admin/signups?limit=1");
    assertThat(get("/admin/signups?limit=no").status()).isEqualTo(400);
    get("/admin" + place);
    assertThat(get(NOBODY).status()).isEqualTo(404);
    admin("POST", "/admin/signups", "application/x-ndjson", Client.SIGNUP + "\n{\n");
    assertThat(admin("POST", "/admin/signups", "text/csv", "a").status()).isEqualTo(415);
    admin("POST", "/admin" + other + "/cancel?action=later", "{\"reason\":\"a test\"}");
    admin("POST", NOBODY + "/cancel", "");
  }

  private void deadLetters() throws IOException {
    ports.rejectAll();
    OpenPorts.until(() -> ports.pipeline().totals().all().dead() > 0);
    Reply dead = get("/admin/dead-letters");
    String id = dead.json().at("/deadLetters/0/id").asText();
    assertThat(id).startsWith("signup_");
    get("/admin/signups/" + id.replaceAll("\\..*", ""));
    assertThat(get("/admin/dead-letters?cause=x").status()).isEqualTo(400);
    assertThat(get("/admin/dead-letters?action=emial").status()).isEqualTo(400);
    assertThat(get("/admin/dead-letters?reasonClass=no+reason").status()).isEqualTo(200);
    get("/admin/dead-letters?limit=1&after=0.a");
    repair("redrive", "{\"cause\":\"after\",\"dryRun\":true}");
    repair("redrive", "{\"reasonClass\":\"450 *\",\"dryRun\":true}");
    repair("redrive", "{\"ids\":[\"" + id + "\"]}");
    repair("discard", "{\"cause\":\"rejected\",\"dryRun\":true}");
    repair("mark-done", "{\"cause\":\"outcome-unknown\",\"rate\":10,\"reason\":\"seen\"}");
    assertThat(repair("discard", "{}").status()).isEqualTo(422);
    assertThat(repair("discard", "[").status()).isEqualTo(400);
  }

  private Reply repair(String verb, String body) throws IOException {
    return admin("POST", "/admin/dead-letters/" + verb, body);
  }

  private void actions() throws IOException {
    ports
        .invoker()
        .present(
            List.of(
                new HandlerStatus(
                    "i-1", "mail", true, "signup.email", "n", "1", "", "java", 8, 0, "up")),
            Set.of("signup.emial"));
    VersionStatus.Figures some = new VersionStatus.Figures(3, 1, 1_000, 9_000_000);
    VersionStatus.Figures none = new VersionStatus.Figures(0, 0, 0, 0);
    Map<Outcome, Long> outcomes = Map.of(Outcome.SUCCEEDED, 2L);
    ports
        .invoker()
        .present(
            new VersionStatus("mail", "1", "mail#2", 10, outcomes, some, some),
            new VersionStatus("mail", "1", "", 90, outcomes, none, some));
    admin("PATCH", "/admin/actions/busy?reason=trial", "{\"paused\":true,\"timeout\":null}");
    admin("PUT", "/admin/actions/crm", "{\"address\":\"signup.crm\",\"required\":true}");
    post("", Client.SIGNUP);
    get("/admin/actions");
    get("/admin/handlers");
    get("/health/ready");
    admin("DELETE", "/admin/actions/crm", "");
    get("/admin/actions");
    assertThat(admin("PATCH", "/admin/actions/busy", "{\"x\":1}").status()).isEqualTo(422);
    assertThat(admin("PATCH", "/admin/actions/none", "{\"paused\":true}").status()).isEqualTo(404);
    assertThat(admin("PATCH", "/admin/actions/busy", "1").status()).isEqualTo(400);
    admin(
        "POST",
        "/admin/actions/later/backfill",
        "{\"since\":\"2020-01-01T00:00:00Z\",\"limit\":1}");
    assertThat(admin("POST", "/admin/actions/later/backfill", "{}").status()).isEqualTo(422);
    assertThat(admin("POST", "/admin/actions/none/backfill", "{}").status()).isEqualTo(404);
  }

  private void handlers() throws IOException {
    String path = "/admin/handlers/crm";
    assertThat(deploy(path + "?file=crm.jar&canary=10&set=a=b", "PK").status()).isEqualTo(202);
    assertThat(deploy(path + "?file=crm.jar", "PK").status()).isEqualTo(200);
    assertThat(deploy(path + "?file=crm.exe", "PK").status()).isEqualTo(422);
    assertThat(deploy(path + "?file=crm.jar", "x".repeat(2_000)).status()).isEqualTo(413);
    get(path);
    get("/admin/handlers");
    get(path + "/logs?lines=2");
    assertThat(get(path + "/logs?lines=0").status()).isEqualTo(400);
    assertThat(get("/admin/handlers/none").status()).isEqualTo(404);
    assertThat(deploying("POST", path + "/promote", "").status()).isEqualTo(202);
    assertThat(deploying("POST", path + "/rollback", "").status()).isEqualTo(202);
    assertThat(deploying("DELETE", path, "").status()).isEqualTo(202);
    assertThat(deploying("DELETE", path, "").status()).isEqualTo(409);
    assertThat(deploying("POST", path + "/rollback", "").status()).isEqualTo(409);
    assertThat(admin("PUT", path + "?file=crm.jar", "").status()).isEqualTo(403);
  }

  private Reply deploy(String path, String body) throws IOException {
    return deploying("PUT", path, body);
  }

  private Reply deploying(String method, String path, String body) throws IOException {
    String head =
        Client.request(
            method,
            path,
            List.of(
                bearer(OpenPorts.TOKEN), "Connection: close", "Content-Length: " + body.length()));
    return checked(method, path, ports.admin().send(head, body.getBytes(StandardCharsets.UTF_8)));
  }

  private void journal() throws IOException {
    get("/admin/journal");
    Reply begun = admin("POST", "/admin/journal/backups", "");
    get(begun.header("Location"));
    assertThat(get("/admin/journal/backups/other").status()).isEqualTo(404);
  }

  private void streams() throws IOException {
    String place = post("", "{\"email\":\"eve@example.com\",\"busy\":1}").header("Location");
    try (Reading receipt = new Reading(ports.client(), place + "/events");
        Reading feed = new Reading(ports.admin(), "/admin/events", bearer(OpenPorts.TOKEN))) {
      api.checkEvent(place + "/events", receipt.next().orElseThrow());
      Set<String> seen = new TreeSet<>();
      post("", Client.SIGNUP);
      while (!seen.containsAll(Set.of("reset", "news", "totals", "actions", "handlers"))) {
        Map<String, String> event = feed.next().orElseThrow();
        api.checkEvent("/admin/events", event);
        seen.add(event.get("event"));
      }
    }
  }

  private void verification() throws IOException {
    Reply sent = admin("POST", "/admin/verify", "{\"run\":\"r\",\"number\":1}");
    assertThat(sent.status()).isEqualTo(202);
    assertThat(admin("POST", "/admin/verify", "{\"run\":\"r\"}").status()).isEqualTo(422);
    assertThat(admin("POST", "/admin/verify", "[").status()).isEqualTo(400);
    String id = sent.json().path("id").asText();
    assertThat(admin("DELETE", "/admin/verify/" + id, "").status()).isEqualTo(409);
    get("/admin/actions");
    get("/admin/signups/" + id);
    admin("POST", "/admin/signups/" + id + "/cancel", "{\"reason\":\"a test\"}");
    assertThat(admin("DELETE", "/admin/verify/" + id, "").status()).isEqualTo(200);
    assertThat(admin("DELETE", "/admin/verify/" + id, "").status()).isEqualTo(404);
  }

  private void erasure() throws IOException {
    admin("DELETE", "/admin/signups?email=bob%40example.com&dryRun=true", "");
    assertThat(admin("DELETE", "/admin/signups", "").status()).isEqualTo(400);
    admin("DELETE", "/admin/signups/signup_00000000000000000000000001", "");
    get("/admin/signups/signup_00000000000000000000000001");
    assertThat(admin("DELETE", NOBODY, "").status()).isEqualTo(404);
  }

  @Test
  void theGatewaysOwnFiguresAreAsDocumented() throws Exception {
    JsonNode values =
        SettingsJson.of(Settings.load("gateway", folder, Map.of("USHER_ADMIN_PORT", "0")));
    values.forEach(value -> api.checkSchema("ConfigSetting", value));

    Vertx vertx = Vertx.vertx();
    Path file = folder.resolve("other").resolve("journal.db");
    Files.createDirectories(file.getParent());
    SqliteJournal journal = SqliteJournal.open(file, 0, new VertxLoop(vertx), quiet());
    try {
      JournalOffice office =
          new JournalOffice(
              journal,
              Clock.systemUTC(),
              backup -> vertx.executeBlocking(() -> HandlerFiles.keptWith(backup, folder)));
      api.checkSchema("Journal", office.stats().await());
      String name = office.begin("anna").await();
      OpenPorts.until(() -> !state(office, name).equals("running"));
      api.checkSchema("Backup", office.backup(name).orElseThrow());
      assertThat(state(office, name)).isEqualTo("done");
    } finally {
      journal.close();
      vertx.close().await();
    }
  }

  private static String state(JournalOffice office, String name) {
    return office.backup(name).orElseThrow().path("state").asText();
  }

  private static CommitListener quiet() {
    return new CommitListener() {
      @Override
      public void committed(int changes, long nanos) {}

      @Override
      public void reopened() {}
    };
  }

  private Reply post(String header, String body) throws IOException {
    List<String> headers = new ArrayList<>(List.of("Content-Type: application/json"));
    if (!header.isEmpty()) {
      headers.add(header);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return checked("POST", "/signups", ports.client().post(bytes, headers.toArray(new String[0])));
  }

  private Reply receive(String method, String path) throws IOException {
    return checked(method, path, ports.client().call(method, path));
  }

  private Reply get(String path) throws IOException {
    return checked("GET", path, ports.admin().call("GET", path, bearer(OpenPorts.VIEW_TOKEN)));
  }

  private Reply admin(String method, String path, String body) throws IOException {
    return admin(method, path, "application/json", body);
  }

  private Reply admin(String method, String path, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        Client.request(
            method,
            path,
            List.of(
                bearer(OpenPorts.OPERATE_TOKEN),
                "Connection: close",
                "Content-Type: " + type,
                "Content-Length: " + bytes.length));
    return checked(method, path, ports.admin().send(head, bytes));
  }

  private Reply checked(String method, String path, Reply reply) {
    api.check(method, path, reply);
    return reply;
  }

  private static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }
}
