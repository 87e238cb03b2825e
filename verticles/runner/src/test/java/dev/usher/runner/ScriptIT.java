package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.runner.fixture.Router;
import dev.usher.runner.process.Line;
import dev.usher.wire.Announcement;
import dev.usher.wire.OutcomeFrame.Item;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Python and JavaScript files: real processes on the bridge of a runner. */
@Timeout(120)
class ScriptIT {

  private static final String ADDRESS = "signup.greeting";
  private static final int IN_FLIGHT = 16;

  private static final String PYTHON =
      """
      import os
      from usher import handler

      @handler("signup.greeting")
      def greet(context):
          return %s
      """;

  private static final String NODE =
      """
      import { handler } from "usher-handler";
      handler("signup.greeting", async function greet(context) { return %s; });
      """;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private Router router;
  private Deployments deployments;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(folder.resolve("config"));
    router = Router.start(vertx);
    deployments = DeploymentsIn.folder(folder, vertx, environment());
    deployments.listen(new Heard());
  }

  @AfterEach
  void close() throws InterruptedException {
    DeploymentsIn.close(deployments, vertx);
  }

  @Test
  void pythonFileServesAsItIs() throws Exception {
    deploy(file("greet.py", PYTHON.formatted("'Hello ' + context.json['username']")));

    assertThat(greeting()).isEqualTo("\"Hello ada\"");
    assertThat(router.instances(ADDRESS))
        .singleElement()
        .satisfies(
            instance -> {
              assertThat(instance.handler()).isEqualTo("greet");
              assertThat(instance.language()).isEqualTo("python");
            });
    assertThat(deployments.find("greet").orElseThrow().addresses()).containsExactly(ADDRESS);
  }

  @Test
  void javaScriptServesWhateverItsFileIsCalled() throws Exception {
    deploy(file("greet.mjs", NODE.formatted("context.text('username')")));
    assertThat(greeting()).isEqualTo("\"ada\"");

    deploy(file("greet.js", NODE.formatted("`js ${context.text('username')}`")));
    assertThat(greeting()).isEqualTo("\"js ada\"");
    assertThat(router.instances(ADDRESS)).hasSize(1);
  }

  @Test
  void packagesOfNpmAreFoundInTheFoldersAbove() throws Exception {
    Path words = Files.createDirectories(folder.resolve("node_modules/words"));
    Files.writeString(words.resolve("index.js"), "exports.hello = 'Hello';");

    deploy(file("greet.mjs", "import { hello } from 'words';\n" + NODE.formatted("hello")));

    assertThat(greeting()).isEqualTo("\"Hello\"");
  }

  @Test
  void termsSayWhatItAnnouncesWhereItServesAndWhatIsSet() throws Exception {
    Files.writeString(
        folder.resolve("config/greet.yaml"), "word: Hello\nother: 1\nPLAIN: as it is\n");
    Terms terms = new Terms(4, "greet#4", "signup.hello", Map.of("word", "env:SECRET"), false);
    String word =
        "[os.environ['USHER_GREET_' + key] for key in ('WORD', 'OTHER', 'MORE')]"
            + " + [os.environ['PLAIN']]";
    Version version = deployments.deploy("greet", file("greet.py", PYTHON.formatted(word)), terms);

    assertThat(version.addresses()).containsExactly("signup.hello");
    assertThat(router.deliver("signup.hello", "{}").text())
        .isEqualTo("[\"hush\",\"1\",\"more\",\"as it is\"]");
    assertThat(router.instances("signup.hello"))
        .extracting(Announcement::deployment)
        .containsExactly("greet#4");
  }

  @Test
  void scriptHasItsOwnFolderAndNothingOfTheRunnersEnvironment() throws Exception {
    String what =
        "[os.getcwd(), os.environ.get('SECRET'), sorted(k for k in os.environ if 'TOKEN' in k)]";
    deploy(file("greet.py", PYTHON.formatted(what)));

    assertThat(greeting())
        .isEqualTo(
            "[\"%s\",null,[\"USHER_BRIDGE_TOKEN\"]]"
                .formatted(folder.resolve("data/greet").toRealPath()));
  }

  @Test
  void swapsUnderLoadLoseNothingAndFailNothing() throws Exception {
    deploy(file("greet.py", PYTHON.formatted("'v0'")));
    router.load(ADDRESS, IN_FLIGHT);
    deploy(file("greet.py", PYTHON.formatted("'v1'")));
    deploy(file("greet.mjs", NODE.formatted("'v2'")));
    deploy(file("greet.py", PYTHON.formatted("'v3'")));

    assertThat(router.lost()).isZero();
    assertThat(router.withoutInstance()).isZero();
    assertThat(router.cutOff()).isZero();
    assertThat(router.verdicts().keySet()).isSubsetOf(Verdict.SUCCEEDED, Verdict.REFUSED);
    assertThat(router.results()).containsKeys("\"v0\"", "\"v1\"", "\"v2\"", "\"v3\"");
  }

  @Test
  void killedUnderLoadItServesAgainAndNothingIsLost() throws Exception {
    deploy(file("greet.py", PYTHON.formatted("os.getpid()")));
    long pid = Long.parseLong(greeting());
    router.load(ADDRESS, IN_FLIGHT);

    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();

    assertThat(heard("restarts")).contains("its process ended by signal 9", "again in 1 s");
    assertThat(heard("serves again")).contains("its process ended by signal 9");
    assertThat(router.lost()).isZero();
    assertThat(router.verdicts().keySet()).isSubsetOf(Verdict.SUCCEEDED, Verdict.REFUSED);
    assertThat(Long.parseLong(greeting())).isNotEqualTo(pid);
  }

  @Test
  void scriptThatEndsAtOnceIsRefusedWithItsOwnErrorAndTheOldOneServes() throws Exception {
    deploy(file("greet.py", PYTHON.formatted("'v1'")));
    Path broken = file("greet.py", "import no_such_module\n");

    assertThatThrownBy(() -> deployments.deploy("greet", broken))
        .isInstanceOf(CannotDeploy.class)
        .hasMessageContaining("greet.py\", line 1, in <module>")
        .hasMessageContaining("ModuleNotFoundError: No module named 'no_such_module'");
    assertThatThrownBy(() -> deployments.deploy("greet", file("greet.mjs", "no.such.thing();")))
        .hasMessageContaining("ReferenceError: no is not defined")
        .hasMessageContaining("greet.mjs:1:1");
    assertThat(greeting()).isEqualTo("\"v1\"");
    assertThat(folder.resolve("copies").toFile().list()).hasSize(1);
  }

  @Test
  void machineWithoutTheInterpreterSaysSo() throws Exception {
    Path old = file("python2", "#!/bin/sh\necho Python 2.7.18\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    Path script = file("greet.py", PYTHON.formatted("1"));

    assertThatThrownBy(() -> with("/nowhere/python3").deploy("greet", script))
        .isInstanceOf(CannotDeploy.class)
        .hasMessage(
            "this machine has no /nowhere/python3; install Python 3.9 or newer there, or say where"
                + " it is with the runner's setting python");
    assertThatThrownBy(() -> with(old.toString()).deploy("greet", script))
        .hasMessageContaining("python2 is Python 2.7.18, which is too old; install Python 3.9");
  }

  @Test
  void scriptThatTakesTooMuchMemoryHarmsOnlyItself() throws Exception {
    deploy(file("greet.py", PYTHON.formatted("len(bytearray(1 << 30))")));
    assertThat(outcome().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(outcome().text()).contains("MemoryError");

    String once = "existsSync('grown') ? 'small' : (writeFileSync('grown', ''), grow())";
    String grow = "const grow = () => Array.from({ length: 1e3 }, () => Array(1e6).fill(0.5));\n";
    String files = "import { existsSync, writeFileSync } from 'node:fs';\n";
    deploy(file("greet.mjs", files + grow + NODE.formatted(once)));
    assertThat(greeting()).as("of the process that was started again").isEqualTo("\"small\"");
    assertThat(router.cutOff()).isOne();
  }

  @Test
  void whatItPrintsIsHeard() throws Exception {
    deploy(file("greet.py", "print('one moment')\n" + PYTHON.formatted("1")));

    assertThat(heard("printed")).isEqualTo("printed INFO one moment");
  }

  private Deployments with(String python) throws Exception {
    return DeploymentsIn.folder(folder, vertx, environment(), python);
  }

  private static Map<String, String> environment() {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "HOME", System.getProperty("user.home"),
        "SECRET", "hush",
        "USHER_ADMIN_TOKEN", "of the gateway",
        "USHER_GREET_MORE", "more");
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve("in").resolve(name), text);
  }

  private void deploy(Path file) throws Exception {
    assertThat(deployments.deploy("greet", file).artefact().name()).isEqualTo("greet");
    events.removeIf("serves"::equals);
  }

  private Item outcome() {
    return router.deliver(ADDRESS, "{\"username\":\"ada\"}");
  }

  private String greeting() {
    Item outcome = outcome();
    assertThat(outcome.verdict()).as(outcome.text()).isEqualTo(Verdict.SUCCEEDED);
    return outcome.text();
  }

  /** The next event of a kind; others before it are passed over. */
  private String heard(String kind) throws InterruptedException {
    String event = events.poll(30, TimeUnit.SECONDS);
    while (event != null && !event.startsWith(kind)) {
      event = events.poll(30, TimeUnit.SECONDS);
    }
    assertThat(event).as(kind).isNotNull();
    return event == null ? "" : event;
  }

  private final class Heard implements VersionListener {

    @Override
    public void serves(Version version) {
      events.add("serves");
    }

    @Override
    public void restarts(Version version, String why) {
      events.add("restarts: " + why);
    }

    @Override
    public void servesAgain(Version version, String why) {
      events.add("serves again: " + why);
    }

    @Override
    public void printed(Version version, Line line) {
      events.add("printed " + line.level() + " " + line.text());
    }
  }
}
