package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeployIT extends WithScriptedGateway {

  private static final String PUT = "PUT /admin/handlers/my-crm?file=My_CRM.jar";
  private static final String GET = "GET /admin/handlers/my-crm";
  private static final String ACTIONS = "GET /admin/actions";
  private static final String NEW =
      "{\"name\":\"my-crm\",\"number\":3,\"state\":\"next\",\"new\":true,\"runners\":2}";
  private static final String AT_CRM =
      "{\"actions\":[{\"name\":\"crm\",\"address\":\"signup.crm\"}]}";

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("My_CRM.jar"), "code");
  }

  @Test
  void itFollowsTheVersionFromUploadToTheEndOfTheOneBefore() {
    gateway
        .answer(PUT, 202, NEW)
        .answer(GET, 200, handler("next", "starting", "serving"))
        .answer(GET, 200, handler("next", "serving", "serving"))
        .answer(GET, 200, handler("current", "serving", "draining"))
        .answer(GET, 200, handler("current", "serving", ""))
        .answer(ACTIONS, 200, AT_CRM);

    Run run = usher(new Prompt(folder).onTerminal(), "deploy", file.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err().lines().map(line -> line.replaceAll(".*\r", "")))
        .containsSubsequence(
            "named my-crm",
            "uploaded: my-crm version 3, 4 bytes, sha256 5694d08a2e53",
            "started on 1 runner",
            "ready on 1 runner",
            "switched: my-crm version 3 is current",
            "drained: nothing runs an earlier version");
    ScriptedGateway.Request sent = gateway.requests().get(0);
    assertThat(sent.body()).isEqualTo("code");
    assertThat(sent.header("Expect")).as("nobody would hear a refusal in its place").isEmpty();
    assertThat(sent.header("Repr-digest"))
        .contains("sha-256=:VpTQii5T/8rgwxA+Wtb2B2q9lg6x+KVldwQLwQKPcCs=:");
  }

  @Test
  void eachStepIsSaidEvenWhereItWasOverAtOnce() {
    gateway
        .answer(PUT, 202, NEW)
        .answer(GET, 200, handler("current", "serving", ""))
        .answer(ACTIONS, 200, AT_CRM);

    Run run = usher(new Prompt(folder), "deploy", file.toString());

    assertThat(run.err())
        .contains("uploaded: ", "started on 1", "ready on 1", "switched: ", "drained: ");
    assertThat(run.out()).contains("\"number\":3").contains("\"state\":\"current\"");
  }

  @Test
  void gatewayThatIsAwayAndRunnersThatHaveDiedAreWaitedFor() {
    String nobody =
        handler("current", "serving", "").replaceAll("\"runners\":.*", "\"runners\":[]}");
    gateway
        .answer(PUT, 202, NEW)
        .answer(GET, 503, "{}")
        .answer(GET, 200, nobody)
        .answer(GET, 200, handler("current", "serving", ""))
        .answer(ACTIONS, 503, "{}")
        .answer(ACTIONS, 200, AT_CRM);

    Run run = usher(new Prompt(folder), "deploy", file.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err().lines())
        .containsSubsequence("no runner is there any more; waits for one", "ready on 1 runner");
  }

  @Test
  void theHandlersOwnErrorEndsItWithOne() {
    gateway
        .answer(PUT, 202, NEW)
        .answer(
            GET,
            200,
            """
            {"name":"my-crm","runners":[],"versions":[
             {"number":3,"state":"failed","why":"host:1: IllegalStateException: no api.url"},
             {"number":2,"state":"current"}]}
            """);

    Run run = usher(new Prompt(folder), "deploy", file.toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "my-crm version 3 does not start: host:1: IllegalStateException: no api.url",
            "version 2 serves on");
  }

  @Test
  void withoutARunnerItSaysWhatToRun() {
    gateway.answer(PUT, 202, NEW.replace("\"runners\":2", "\"runners\":0"));

    Run run = usher(new Prompt(folder), "deploy", file.toString());

    assertThat(run.exit()).isEqualTo(7);
    assertThat(run.err()).contains("no runner is there", "usher-runner.jar");
    assertThat(gateway.requests()).hasSize(1);
  }

  @Test
  void aGatewayThatTakesOtherFilesIsAskedAgain() {
    gateway
        .answer(PUT, 503, "{\"type\":\"urn:usher:problem:overloaded\"}")
        .answer(PUT, 202, NEW)
        .answer(GET, 200, handler("current", "serving", ""))
        .answer(ACTIONS, 200, AT_CRM);

    Run run = usher(new Prompt(folder), "deploy", file.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("waits: other files are on their way to the gateway");
  }

  @Test
  void everyOptionReachesTheGateway() {
    String put =
        "PUT /admin/handlers/crm?file=My_CRM.jar&address=signup.crm2&isolate=true&canary=10"
            + "&set=a%3Db+c&set=d%3De&secret=k%3Dfile%3A%2Frun%2Fk";
    gateway
        .answer(put, 202, NEW)
        .answer("GET /admin/handlers/crm", 200, handler("canary", "serving", ""))
        .answer(ACTIONS, 200, AT_CRM);

    Run run =
        usher(
            new Prompt(folder),
            "deploy",
            file.toString(),
            "--name=crm",
            "--address=signup.crm2",
            "--set=a=b c",
            "--set=d=e",
            "--secret=k=file:/run/k",
            "--isolate",
            "--canary=10%");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("version 3 gets 10 % of the deliveries", "usher handlers promote crm");
  }

  @Test
  void anActionIsMadeWhereTheHandlerServes() {
    String put = "PUT /admin/actions/crm";
    gateway
        .answer(PUT, 202, NEW)
        .answer(GET, 200, handler("current", "serving", ""))
        .answer(put, 200, "{\"name\":\"crm\"}");

    Run run =
        usher(new Prompt(folder), "deploy", file.toString(), "--action", "crm", "--key", "company");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).contains("action crm is optional, for signups with \"company\"");
    assertThat(gateway.requests().get(2).body())
        .isEqualTo("{\"address\":\"signup.crm\",\"required\":false,\"key\":\"company\"}");
  }

  @Test
  void withoutAnActionTheLineToRunIsSaid() {
    gateway
        .answer(PUT + "&set=a%3Db+c", 202, NEW)
        .answer(GET, 200, handler("current", "serving", ""))
        .answer(ACTIONS, 200, "{\"actions\":[]}");

    Run run = usher(new Prompt(folder), "deploy", file.toString(), "--set", "a=b c");

    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains(
            "no action is at signup.crm, so nothing comes there; this makes one: usher deploy "
                + file
                + " --set 'a=b c' --action my-crm");
  }

  @Test
  void whatTakesTooLongGoesOnWithoutTheCommand() {
    gateway.answer(PUT, 202, NEW).answer(GET, 200, handler("next", "starting", "serving"));

    Run run = usher(new Prompt(folder), "deploy", file.toString(), "--timeout", "100ms");

    assertThat(run.exit()).isEqualTo(6);
    assertThat(run.err())
        .contains("after 100ms version 3 is next", "host:1: version 3 starting, version 2 serving");
  }

  @Test
  void whatCannotBeRightIsRefusedBeforeAnythingIsSent() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jar"));

    assertThat(usher(new Prompt(folder), "deploy", empty.toString()).exit()).isEqualTo(2);
    assertThat(usher(new Prompt(folder), "deploy", folder + "/none.jar").exit()).isEqualTo(2);
    assertThat(usher(new Prompt(folder), "deploy", file.toString(), "--name=A/b").exit())
        .isEqualTo(2);
    assertThat(
            usher(
                    new Prompt(folder),
                    "deploy",
                    file.toString(),
                    "--action=a",
                    "--required",
                    "--key=b")
                .exit())
        .isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void aKindOfActionWithoutItsNameIsAskedForTheName() {
    for (String option : List.of("--required", "--optional", "--key=company")) {
      Run run = usher(new Prompt(folder), "deploy", file.toString(), option);

      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.err())
          .contains("say what kind of action is to be made; name it, too: --action NAME");
    }
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void whoServesThereAlreadyIsAWarning() {
    String warned = ",\"warnings\":[\"signup.crm is served by old already\"]}";
    String now = handler("current", "serving", "");
    gateway
        .answer("PUT /admin/handlers/crm?file=My_CRM.jar", 202, NEW)
        .answer("GET /admin/handlers/crm", 200, now.substring(0, now.length() - 1) + warned)
        .answer(ACTIONS, 200, AT_CRM);

    Run run = usher(new Prompt(folder), "deploy", file.toString(), "--name=crm");

    assertThat(run.exit()).isZero();
    assertThat(run.err())
        .contains("warning: signup.crm is served by old already")
        .doesNotContain("named crm");
  }

  /** Version 3 in this state and phase on one runner, and version 2 in another one if in any. */
  private static String handler(String state, String phase, String before) {
    String old =
        before.isEmpty()
            ? ""
            : ",{\"number\":2,\"phase\":\"" + before + "\",\"addresses\":[\"signup.crm\"]}";
    return "{\"name\":\"my-crm\",\"versions\":[{\"number\":3,\"state\":\""
        + state
        + "\",\"share\":10},{\"number\":2,\"state\":\"retired\"}],\"runners\":[{\"runner\":\"host:1\","
        + "\"versions\":[{\"number\":3,\"phase\":\""
        + phase
        + "\",\"addresses\":[\"signup.crm\"]}"
        + old
        + "]}]}";
  }

  private Run usher(Prompt prompt, String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--url", gateway.url()))
            .toArray(String[]::new);
    return prompt.with("USHER_TOKEN", "a-token-of-some-length").usher(all);
  }
}
