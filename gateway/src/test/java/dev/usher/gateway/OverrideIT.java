package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.config.ActionsWatch;
import dev.usher.gateway.config.InForce;
import dev.usher.gateway.config.Saved;
import dev.usher.gateway.http.ActionControl;
import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.journal.SavedConfig;
import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actions changed while the gateway runs, through the admin port, on a real journal. */
class OverrideIT {

  private static final String FILE =
      """
      actions:
        welcome-email: { required: true, address: signup.email }
        subscribe: { address: signup.subscribe, retry: { first: 2s, max: 1m } }
      """;

  @TempDir private Path folder;
  private OpenPorts ports;
  private ActionsWatch watch;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("actions.yaml"), FILE);
    open();
  }

  @AfterEach
  void stop() throws Exception {
    watch.close();
    ports.close();
  }

  @Test
  void aPatchIsInForceForTheNextSignupAndSaysWhereEachValueIsFrom() throws Exception {
    ports.client().post(Client.SIGNUP);

    Reply changed = call("PATCH", "/admin/actions/subscribe?reason=trial", "{\"required\":true}");

    assertThat(changed.status()).isEqualTo(200);
    JsonNode answer = changed.json();
    assertThat(answer.path("revision").asLong()).isEqualTo(2);
    assertThat(answer.path("openSignups").asLong()).isEqualTo(1);
    assertThat(origin(answer, "required")).isEqualTo("override");
    assertThat(origin(answer, "address")).isEqualTo("file");
    assertThat(origin(answer, "timeout")).isEqualTo("default");
    assertThat(answer.path("override").path("body")).hasToString("{\"required\":true}");
    assertThat(answer.path("override").path("token").asText()).isEqualTo("anna");
    assertThat(ports.client().post(Client.SIGNUP).json().path("actions").has("subscribe")).isTrue();
  }

  @Test
  void keysOfAGroupChangeOneByOneAndNullTakesThemBack() throws Exception {
    call("PATCH", "/admin/actions/subscribe", "{\"retry\":{\"max\":\"5m\"},\"paused\":true}");

    assertThat(value("subscribe", "retry.max")).isEqualTo("5m");
    assertThat(value("subscribe", "retry.first")).isEqualTo("2s");

    call("PATCH", "/admin/actions/subscribe", "{\"retry\":{\"max\":null}}");
    assertThat(value("subscribe", "retry.max")).isEqualTo("1m");
    assertThat(value("subscribe", "paused")).isEqualTo("true");

    call("PATCH", "/admin/actions/subscribe", "{\"paused\":null}");
    assertThat(action("subscribe").has("override")).isFalse();
  }

  @Test
  void aWholeActionReplacesAllTheFileSays() throws Exception {
    Reply changed = call("PUT", "/admin/actions/subscribe", "{\"address\":\"signup.list\"}");

    assertThat(changed.status()).isEqualTo(200);
    assertThat(value("subscribe", "address")).isEqualTo("signup.list");
    assertThat(value("subscribe", "retry.first")).isEqualTo("1s");
    assertThat(action("subscribe").path("shadowed").findValuesAsText("key"))
        .containsExactlyInAnyOrder("address", "retry.first", "retry.max");
  }

  @Test
  void aNewActionIsMadeAndTakenBack() throws Exception {
    assertThat(call("PATCH", "/admin/actions/crm", "{\"paused\":true}").status()).isEqualTo(404);
    assertThat(call("DELETE", "/admin/actions/crm", "").status()).isEqualTo(404);

    call("PUT", "/admin/actions/crm", "{\"address\":\"signup.crm\",\"required\":true}");
    ports.client().post(Client.SIGNUP);
    assertThat(action("crm").path("required").asBoolean()).isTrue();

    Reply gone = call("DELETE", "/admin/actions/crm", "");
    assertThat(gone.json().path("configured").asBoolean()).isFalse();
    assertThat(gone.json().path("waiting").asLong()).isEqualTo(1);
    assertThat(action("crm").path("waiting").path("no-action").asLong()).isEqualTo(1);
  }

  @Test
  void whatIsNotSoundChangesNothingAndIsToldLikeAFaultOfTheFile() throws Exception {
    Reply refused =
        call(
            "PATCH",
            "/admin/actions/subscribe",
            "{\"timeout\":\"5 secs\",\"retry\":{\"first\":\"2m\"},\"adress\":\"x\"}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/timeout", "/retry/max", "/adress");
    assertThat(refused.body())
        .contains("is not a duration; write 5s")
        .contains("did you mean actions.subscribe.address?");
    assertThat(call("PATCH", "/admin/actions/subscribe", "{\"retry\":{\"max\":\"1s\"}}").body())
        .contains("/retry/max")
        .contains("is less than first");
    assertThat(call("PUT", "/admin/actions/Crm", "{\"address\":\"a\"}").status()).isEqualTo(422);
    assertThat(call("PUT", "/admin/actions/crm", "{}").status()).isEqualTo(400);
    assertThat(call("PUT", "/admin/actions/crm", "{\"required\":true}").body())
        .contains("\"/address\"", "is missing");
    assertThat(watch.revision()).isEqualTo(1);
  }

  @Test
  void aNewActionIsPlannedForPastSignupsThatAskedForIt() throws Exception {
    ports.client().post(Client.SIGNUP.replace("}", ",\"company\":\"x\"}"));
    ports.client().post(Client.SIGNUP.replace("}", ",\"company\":null}"));
    call("PUT", "/admin/actions/crm", "{\"address\":\"signup.crm\",\"key\":\"company\"}");
    String since = "{\"since\":\"2020-01-01T00:00:00Z\"";

    assertThat(backfill("crm", since + ",\"dryRun\":true}").body())
        .isEqualTo("{\"matched\":1,\"done\":0}");
    assertThat(backfill("crm", since + ",\"rate\":100}").body())
        .isEqualTo("{\"matched\":1,\"done\":1}");
    assertThat(backfill("crm", since + ",\"all\":true,\"limit\":1}").body())
        .isEqualTo("{\"matched\":1,\"done\":1}");
    assertThat(action("crm").path("deliveries").path("pending").asInt()).isEqualTo(2);

    assertThat(backfill("nope", since + "}").status()).isEqualTo(404);
    assertThat(backfill("crm", "{}").json().path("errors").findValuesAsText("pointer"))
        .containsExactly("/since");
    assertThat(
            backfill("crm", "{\"since\":\"monday\",\"rate\":0,\"after\":\"x\"}")
                .json()
                .path("errors"))
        .hasSize(3);
  }

  @Test
  void theAuditSaysWhoDidWhatTheLatestFirst() throws Exception {
    call("PATCH", "/admin/actions/subscribe?reason=trial", "{\"paused\":true}");
    send("DELETE", "/admin/actions/subscribe", "", OpenPorts.TOKEN);

    JsonNode entries = get("/admin/audit").path("entries");
    assertThat(entries.findValuesAsText("verb")).containsExactly("reset-action", "change-action");
    assertThat(entries.findValuesAsText("token")).containsExactly("local", "anna");
    assertThat(entries.get(1).path("detail").asText())
        .isEqualTo("subscribe {\"paused\":true} because trial");

    JsonNode first = get("/admin/audit?limit=1");
    assertThat(first.path("entries").findValuesAsText("token")).containsExactly("local");
    assertThat(
            get("/admin/audit?limit=1&after=" + first.path("next").asText())
                .path("entries")
                .findValuesAsText("token"))
        .containsExactly("anna");
    assertThat(get("/admin/audit?token=anna&verb=change-action").path("entries")).hasSize(1);
    assertThat(get("/admin/audit?since=2100-01-01T00:00:00Z").path("entries")).isEmpty();
    assertThat(get("/admin/audit?after=x").path("status").asInt()).isEqualTo(400);
  }

  private Reply backfill(String action, String body) throws IOException {
    return call("POST", "/admin/actions/" + action + "/backfill", body);
  }

  @Test
  void onlyWhoMayOperateChangesAnything() throws Exception {
    Reply refused =
        send("PATCH", "/admin/actions/subscribe", "{\"paused\":true}", OpenPorts.VIEW_TOKEN);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(watch.revision()).isEqualTo(1);
  }

  @Test
  void whatTheJournalDoesNotTakeIsNotInForce() throws Exception {
    ports.journal().fail();

    Reply refused = call("PATCH", "/admin/actions/subscribe", "{\"paused\":true}");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(watch.revision()).isEqualTo(1);
    assertThat(watch.actions().find("subscribe").orElseThrow().policy().isPaused()).isFalse();
  }

  @Test
  void overridesAndRevisionsSurviveARestart() throws Exception {
    call("PATCH", "/admin/actions/subscribe", "{\"paused\":true}");
    restart();

    assertThat(watch.revision()).isEqualTo(2);
    assertThat(watch.first()).isEmpty();
    assertThat(value("subscribe", "paused")).isEqualTo("true");

    Files.writeString(folder.resolve("actions.yaml"), FILE.replace("required: true, ", ""));
    restart();
    assertThat(watch.revision()).isEqualTo(3);
    assertThat(watch.first().map(Revision::note)).contains("changed while no gateway ran");
  }

  @Test
  void anOverrideOfAnActionThatTheFileLostWaitsForItsReturn() throws Exception {
    call("PATCH", "/admin/actions/subscribe", "{\"paused\":true}");
    Files.writeString(
        folder.resolve("actions.yaml"), "actions: { welcome-email: { address: signup.email } }");
    restart();

    assertThat(watch.actions().find("subscribe")).isEmpty();
    assertThat(get("/admin/actions").path("dormant")).hasToString("[\"subscribe\"]");
    assertThat(call("DELETE", "/admin/actions/subscribe", "").status()).isEqualTo(200);
    assertThat(get("/admin/actions").has("dormant")).isFalse();
  }

  @Test
  void anOverrideThatNoLongerFitsKeepsNoGatewayFromStarting() throws Exception {
    call("PATCH", "/admin/actions/welcome-email", "{\"concurrency\":3}");
    call("PATCH", "/admin/actions/subscribe", "{\"required\":true,\"paused\":true}");
    Files.writeString(
        folder.resolve("actions.yaml"),
        FILE.replace("required: true, ", "").replace("retry:", "after: welcome-email, retry:"));
    restart();

    assertThat(value("welcome-email", "concurrency")).isEqualTo("3");
    assertThat(value("subscribe", "required")).isEqualTo("false");
    assertThat(value("subscribe", "paused")).as("a pause stays").isEqualTo("true");
    JsonNode aside = get("/admin/actions").path("aside");
    assertThat(aside).hasSize(1);
    assertThat(aside.get(0).path("name").asText()).isEqualTo("subscribe");
    assertThat(aside.get(0).path("why").asText()).contains("\"welcome-email\" is optional");
    assertThat(aside.get(0).path("mend").asText()).isEqualTo("usher actions reset subscribe");
    assertThat(aside.get(0).path("override").path("token").asText()).isEqualTo("anna");
    JsonNode health = get("/health/ready");
    assertThat(health.path("status").asText()).isEqualTo("up");
    assertThat(health.path("overridesAside")).hasToString("[\"subscribe\"]");

    Reply still = call("PATCH", "/admin/actions/subscribe", "{\"concurrency\":2}");
    assertThat(still.status()).isEqualTo(422);
    assertThat(call("PATCH", "/admin/actions/welcome-email", "{\"concurrency\":4}").status())
        .isEqualTo(200);
    assertThat(call("DELETE", "/admin/actions/subscribe", "").status()).isEqualTo(200);
    assertThat(get("/health/ready").has("overridesAside")).isFalse();
    assertThat(get("/admin/actions").has("aside")).isFalse();
  }

  private void restart() throws Exception {
    stop();
    open();
  }

  private void open() throws Exception {
    ports = OpenPorts.in(folder, this::control);
  }

  private Optional<ActionControl> control(Journal journal, Pipeline pipeline) throws Exception {
    SavedConfig saved = SavedConfig.read(folder.resolve("journal.db"));
    ConfigJournal configs = new ConfigJournal();
    configs.open(journal);
    watch =
        ActionsWatch.start(
            folder.resolve("actions.yaml"),
            Map.of(),
            new Saved(saved.overrides(), saved.last(), saved.highest()),
            configs,
            now -> configure(pipeline, now));
    configure(pipeline, watch.inForce());
    assertThat(saved.overrides()).extracting(ActionOverride::token).allMatch("anna"::equals);
    return Optional.of(new LiveActions(watch));
  }

  private static void configure(Pipeline pipeline, InForce now) {
    pipeline.configure(now.actions(), now.revision());
  }

  private JsonNode action(String name) throws IOException {
    for (JsonNode action : get("/admin/actions").path("actions")) {
      if (action.path("name").asText().equals(name)) {
        return action;
      }
    }
    throw new AssertionError("no action " + name);
  }

  private String value(String action, String key) throws IOException {
    return setting(action(action), key).path("value").asText();
  }

  private static String origin(JsonNode action, String key) {
    return setting(action, key).path("origin").asText();
  }

  private static JsonNode setting(JsonNode action, String key) {
    for (JsonNode setting : action.path("settings")) {
      if (setting.path("key").asText().equals(key)) {
        return setting;
      }
    }
    throw new AssertionError("no setting " + key + " in " + action);
  }

  private JsonNode get(String path) throws IOException {
    return send("GET", path, "", OpenPorts.VIEW_TOKEN).json();
  }

  private Reply call(String method, String path, String body) throws IOException {
    return send(method, path, body, OpenPorts.OPERATE_TOKEN);
  }

  private Reply send(String method, String path, String body, String token) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        Client.request(
            method,
            path,
            List.of(
                "Authorization: Bearer " + token,
                "Connection: close",
                "Content-Type: application/json",
                "Content-Length: " + bytes.length));
    return ports.admin().send(head, bytes);
  }
}
