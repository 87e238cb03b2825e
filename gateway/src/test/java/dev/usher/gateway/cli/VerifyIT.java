package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import dev.usher.gateway.cli.fixture.ScriptedGateway.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code usher verify} makes of a gateway that says what it is told to say. */
class VerifyIT {

  private static final String POST = "POST /admin/verify";

  @TempDir private Path folder;
  private ScriptedGateway gateway;
  private final Map<String, Integer> performed = new HashMap<>();
  private final Map<String, String> cluster = new HashMap<>();

  @BeforeEach
  void open() throws IOException {
    gateway =
        new ScriptedGateway()
            .answer(
                "GET /admin/config",
                200,
                "{\"values\":[{\"key\":\"cluster.name\",\"value\":\"theirs\"}]}")
            .answer("GET /admin/handlers", 200, "{\"handlers\":[{\"instance\":\"verify-1\"}]}")
            .answer("DELETE /admin/verify/signup_a", 200, "{\"removed\":true}")
            .answer("DELETE /admin/verify/signup_old", 200, "{\"removed\":true}")
            .answer("DELETE /admin/verify/signup_b", 409, "{}");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void acceptedPerformedAndCompletedIsSucceededAndIsRemoved() throws IOException {
    gateway.answer(POST, 202, receipt("signup_a", "open"));
    gateway.answer(POST, 202, receipt("signup_a", "completed"));
    performed.put("signup_a", 3);
    performed.put("signup_old", 1);

    Run run = verify("--seed", "5");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().strip())
        .isEqualTo(
            "{\"accepted\":1,\"succeeded\":1,\"duplicated\":2,\"lost\":0,\"kills\":0,\"seed\":5,"
                + "\"left\":0}");
    assertThat(cluster).containsEntry("cluster.name", "theirs");
    assertThat(gateway.requests())
        .extracting(Request::call)
        .contains("DELETE /admin/verify/signup_a", "DELETE /admin/verify/signup_old");
  }

  @Test
  void whatTheGatewayForgotIsLost() throws IOException {
    gateway.answer(POST, 202, receipt("signup_a", "open"));
    gateway.answer(POST, 202, receipt("signup_b", "completed"));
    performed.put("signup_a", 1);
    performed.put("signup_b", 1);

    Run run = verify();

    assertThat(run.exit()).isEqualTo(1);
    assertThat(json(run).path("lost").asInt()).isEqualTo(1);
    assertThat(json(run).path("left").asInt()).isEqualTo(1);
    assertThat(run.err()).contains("lost: usher signups trace signup_a");
  }

  @Test
  void whatNobodyPerformedIsLostWhateverTheGatewaySays() throws IOException {
    gateway.answer(POST, 202, receipt("signup_a", "completed"));

    assertThat(json(verify()).path("lost").asInt()).isEqualTo(1);
  }

  @Test
  void whatDoesNotCompleteInTimeIsLost() throws IOException {
    gateway.answer(POST, 202, receipt("signup_a", "open"));
    performed.put("signup_a", 1);

    Run run = verify("--timeout", "200ms");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(json(run).path("succeeded").asInt()).isZero();
  }

  @Test
  void processThatIsNotThereIsSaidBeforeAnythingIsSent() {
    Run nobody = verify("--disrupt", "999999999");
    Run unknown = verify("--disrupt", "gateway");

    assertThat(List.of(nobody.exit(), unknown.exit())).containsOnly(2);
    assertThat(nobody.err()).contains("there is no process 999999999");
    assertThat(unknown.err()).contains("does not say which process the gateway is");
    assertThat(gateway.requests()).isEmpty();
  }

  private Run verify(String... words) {
    List<String> all = new ArrayList<>(List.of("verify", "--signups", "1"));
    all.addAll(List.of("--url", gateway.url()));
    all.addAll(List.of(words));
    return new Prompt(folder)
        .with("USHER_TOKEN", "t")
        .performing(
            (settings, seed) -> {
              cluster.putAll(settings);
              return new Performed();
            })
        .usher(all.toArray(String[]::new));
  }

  private static String receipt(String id, String state) {
    return "{\"id\":\"" + id + "\",\"state\":\"" + state + "\"}";
  }

  private static JsonNode json(Run run) throws IOException {
    return Json.parse(run.out());
  }

  private final class Performed implements Loopback.Handler {

    @Override
    public String instance() {
      return "verify-1";
    }

    @Override
    public Map<String, Integer> performed() {
      return performed;
    }

    @Override
    public void close() {}
  }
}
