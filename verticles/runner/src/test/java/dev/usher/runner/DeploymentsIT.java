package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.runner.fixture.HandlerJar;
import dev.usher.runner.fixture.Router;
import dev.usher.wire.Announcement;
import dev.usher.wire.OutcomeFrame;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Artefacts of every kind, in one process. */
@Timeout(120)
class DeploymentsIT {

  private static final String ADDRESS = "signup.greeting";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private Router router;
  private Deployments deployments;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder.resolve("in"));
    Files.createDirectories(folder.resolve("config"));
    router = Router.start(vertx);
    deployments = DeploymentsIn.folder(folder, vertx, Map.of("USHER_GREETER_GREETING", "Salve"));
  }

  @AfterEach
  void close() throws InterruptedException {
    DeploymentsIn.close(deployments, vertx);
  }

  @Test
  void kitJarRunsWithoutAnyChange() throws Exception {
    deploy("greeter", HandlerJar.greeting("v1").write(in("greeter.jar")));

    assertThat(greeting()).isEqualTo("\"v1\"");
    assertThat(router.instances(ADDRESS))
        .singleElement()
        .satisfies(instance -> assertThat(instance.handler()).isEqualTo("greeter"));
    assertThat(deployments.names()).containsExactly("greeter");
  }

  @Test
  void newVersionTakesThePlaceOfTheOldOne() throws Exception {
    deploy("greeter", HandlerJar.greeting("v1").write(in("greeter.jar")));
    deploy("greeter", HandlerJar.greeting("v2").write(in("greeter.jar")));

    assertThat(greeting()).isEqualTo("\"v2\"");
    assertThat(router.instances(ADDRESS)).hasSize(1);
    assertThat(folder.resolve("copies").toFile().list()).hasSize(1);
  }

  @Test
  void sameFileAgainChangesNothing() throws Exception {
    Path jar = HandlerJar.greeting("v1").write(in("greeter.jar"));

    Version first = deployments.deploy("greeter", jar);

    assertThat(deployments.deploy("greeter", jar)).isSameAs(first);
  }

  @Test
  void termsSayWhatItAnnouncesWhereItServesAndWhatIsSet() throws Exception {
    HandlerJar jar =
        handler("", "return Future.succeededFuture(context.settings().text(\"greeting\"));")
            .resource("schema/greeter.schema.json", schema());
    Path file = jar.write(in("greeter.jar"));
    Terms terms = new Terms(4, "greeter#4", "signup.hello", Map.of("greeting", "Deployed"), false);

    Version version = deployments.deploy("greeter", file, terms);

    assertThat(router.deliver("signup.hello", "{}").text()).isEqualTo("\"Deployed\"");
    assertThat(router.instances("signup.hello"))
        .extracting(Announcement::deployment)
        .containsExactly("greeter#4");
    assertThat(version.addresses()).containsExactly("signup.hello");
    assertThat(deployments.deploy("greeter", file, terms)).as("the same again").isSameAs(version);
    assertThat(deployments.deploy("greeter", file)).as("on other terms").isNotSameAs(version);
    assertThat(greeting()).as("the variable counts again").isEqualTo("\"Salve\"");
    assertThat(router.instances(ADDRESS))
        .as("a file of the folder is no version of the cluster's")
        .extracting(Announcement::deployment)
        .containsOnly("greeter#0");
  }

  @Test
  void versionBesideAnotherOneTakesItsPlaceWithoutAStart() throws Exception {
    deploy("greeter", HandlerJar.greeting("v1").write(in("greeter.jar")));
    Path next = HandlerJar.greeting("v2").write(in("greeter.jar"));
    Version version = deployments.deployBeside("greeter", next, Terms.ofFile("greeter"));
    assertThat(router.instances(ADDRESS)).as("both serve").hasSize(2);
    assertThat(deployments.findBeside("greeter")).containsSame(version);

    deployments.promote("greeter");

    assertThat(deployments.findBeside("greeter")).isEmpty();

    assertThat(deployments.find("greeter")).containsSame(version);
    assertThat(deployments.names()).containsExactly("greeter");
    assertThat(router.instances(ADDRESS)).hasSize(1);
    assertThat(greeting()).isEqualTo("\"v2\"");
  }

  @Test
  void listenerHearsWhatBecomesOfEachVersion() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    deployments.listen(heardBy(heard));

    deploy("greeter", HandlerJar.greeting("v1").write(in("greeter.jar")), 1);
    deploy("greeter", HandlerJar.greeting("v2").write(in("greeter.jar")), 2);
    deployments.undeploy("greeter");

    assertThat(heard)
        .containsExactly("#1 serves", "#2 serves", "#1 drains", "#1 gone", "#2 drains", "#2 gone");
  }

  @Test
  void undeployedHandlerIsGone() throws Exception {
    deploy("greeter", HandlerJar.greeting("v1").write(in("greeter.jar")));

    deployments.undeploy("greeter");

    assertThat(router.instances(ADDRESS)).isEmpty();
    assertThat(deployments.names()).isEmpty();
    assertThat(folder.resolve("copies").toFile().list()).isEmpty();
  }

  @Test
  void versionThatFailsToStartLeavesTheOldOneServingAndSaysWhy() throws Exception {
    deploy("greeter", HandlerJar.greeting("v1").write(in("greeter.jar")));
    Path broken =
        handler("throw new IllegalStateException(\"no greeting today\");", "return null;")
            .write(in("broken.jar"));

    assertThatThrownBy(() -> deployments.deploy("greeter", broken))
        .isInstanceOf(CannotDeploy.class)
        .hasMessageContaining("IllegalStateException: no greeting today")
        .hasMessageContaining("Greeter.<init>(Greeter.java:");
    assertThat(greeting()).isEqualTo("\"v1\"");
    assertThat(folder.resolve("copies").toFile().list()).hasSize(1);
  }

  @Test
  void mainThatRunsNoHandlerIsNotDeployed() throws Exception {
    Path jar =
        new HandlerJar()
            .main("Tool")
            .source("Tool.java", "class Tool { public static void main(String[] a) {} }")
            .write(in("tool.jar"));

    assertThatThrownBy(() -> deployments.deploy("tool", jar))
        .hasMessageContaining("the main of Tool runs no handler");
  }

  @Test
  void jarWithoutAnythingToRunIsNotDeployed() throws Exception {
    Path jar = new HandlerJar().resource("readme.txt", "nothing").write(in("nothing.jar"));

    assertThatThrownBy(() -> deployments.deploy("nothing", jar))
        .hasMessageContaining("neither a Main-Verticle nor a Main-Class");
  }

  @Test
  void settingsAreReadByTheSchemaInTheJar() throws Exception {
    Files.writeString(folder.resolve("config/greeter.yaml"), "greeting: Hello\nslots: 3\n");
    HandlerJar jar =
        handler("", "return Future.succeededFuture(context.settings().text(\"greeting\"));")
            .resource("schema/greeter.schema.json", schema());

    deploy("greeter", jar.write(in("greeter.jar")));

    assertThat(greeting()).as("the variable wins over the file").isEqualTo("\"Salve\"");
    assertThat(router.instances(ADDRESS).get(0).slots()).isEqualTo(3);
    assertThat(folder.resolve("data/greeter/lock")).exists();

    Files.writeString(folder.resolve("config/greeter.yaml"), "greting: Hello\n");
    Path changed = jar.resource("new", "version").write(in("changed.jar"));
    assertThatThrownBy(() -> deployments.deploy("greeter", changed))
        .hasMessageContaining("greeter.yaml:1:1", "greting");
  }

  @Test
  void handlersOwnClassesWinOverTheRunnersAndItsServicesAreItsOwn() throws Exception {
    Path jar =
        handler(
                "",
                """
                var greetings = java.util.ServiceLoader.load(
                    org.example.Greeting.class, Greeter.class.getClassLoader());
                return Future.succeededFuture(
                    org.yaml.snakeyaml.Yaml.mark() + " " + greetings.iterator().next().text());
                """)
            .source(
                "org/yaml/snakeyaml/Yaml.java",
                """
                package org.yaml.snakeyaml;
                public final class Yaml {
                  public static String mark() { return "own"; }
                }
                """)
            .source(
                "org/example/Greeting.java",
                """
                package org.example;
                public interface Greeting {
                  String text();
                  final class Mine implements Greeting {
                    @Override public String text() { return "service"; }
                  }
                }
                """)
            .resource("META-INF/services/org.example.Greeting", "org.example.Greeting$Mine")
            .write(in("greeter.jar"));

    deploy("greeter", jar);

    assertThat(greeting()).isEqualTo("\"own service\"");
  }

  @Test
  void handlerThatEndsTheProcessEndsItsOwnAttempt() throws Exception {
    Path jar =
        handler("long unused = 12345678901L; double half = 0.5123;", "System.exit(3); return null;")
            .attribute("Implementation-Version", "7.1")
            .write(in("greeter.jar"));
    deploy("greeter", jar);

    OutcomeFrame.Item outcome = router.deliver(ADDRESS, "{\"username\":\"ada\"}");

    assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
    assertThat(outcome.text()).contains("System.exit(3) would end every handler");
    assertThat(router.instances(ADDRESS)).extracting(Announcement::version).containsExactly("7.1");
  }

  @Test
  void jarWithAMainVerticleAnswersAtItsAddress() throws Exception {
    Path jar =
        new HandlerJar()
            .attribute("Main-Verticle", "plain.Plain")
            .source(
                "plain/Plain.java",
                """
                package plain;
                import io.vertx.core.*;
                public final class Plain extends VerticleBase {
                  @Override public Future<?> start() {
                    return vertx.eventBus().consumer("signup.plain", m -> m.reply("plain"))
                        .completion();
                  }
                }
                """)
            .write(in("plain.jar"));

    deploy("plain", jar);

    assertThat(
            vertx
                .eventBus()
                .request("signup.plain", new JsonObject())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join()
                .body())
        .isEqualTo("plain");
  }

  @Test
  void javaFileIsCompiledAndRun() throws Exception {
    Path file =
        Files.writeString(
            in("Greeter.java"),
            """
            import dev.usher.handler.*;
            import io.vertx.core.Future;

            class Greeter {
              public static void main(String[] args) {
                Handlers.runBlocking(
                    "greeter", "signup.greeting", () -> signup -> "java " + signup.text("username"));
              }
            }
            """);

    deploy("Greeter", file);

    assertThat(greeting()).isEqualTo("\"java ada\"");
  }

  @Test
  void javaFileThatDoesNotCompileSaysWhere() throws Exception {
    Path file = Files.writeString(in("Greeter.java"), "class Greeter {\n  int x = \"one\";\n}\n");

    assertThatThrownBy(() -> deployments.deploy("Greeter", file))
        .hasMessageContaining("Greeter.java:2: incompatible types");
  }

  @Test
  void groovyScriptIsRun() throws Exception {
    Path file =
        Files.writeString(
            in("greeter.groovy"),
            """
            import dev.usher.handler.*
            import io.vertx.core.Future
            import java.util.function.Supplier

            class Greeting implements SignupHandler {
              Future<?> handle(Signup signup) {
                Future.succeededFuture("groovy ${signup.text('username')}".toString())
              }
            }
            Handlers.run('greeter', 'signup.greeting', { new Greeting() } as Supplier)
            """);

    deploy("greeter", file);

    assertThat(greeting()).isEqualTo("\"groovy ada\"");
  }

  @Test
  void otherFilesAreRefused() throws Exception {
    Path file = Files.writeString(in("notes.txt"), "notes");

    assertThatThrownBy(() -> deployments.deploy("notes", file))
        .hasMessageContaining(".jar, .java, .groovy");
  }

  /** A handler with code in its constructor and its handle; both see the context. */
  private static HandlerJar handler(String constructor, String handle) {
    return new HandlerJar()
        .main("greet.Greeter")
        .source(
            "greet/Greeter.java",
            """
            package greet;
            import dev.usher.handler.*;
            import io.vertx.core.Future;
            public final class Greeter implements SignupHandler {
              private final HandlerContext context;
              Greeter(HandlerContext context) {
                this.context = context;
                %s
              }
              @Override public Future<?> handle(Signup signup) { %s }
              public static void main(String[] args) {
                Handlers.run("greeter", "signup.greeting", Greeter::new, args);
              }
            }
            """
                .formatted(constructor, handle));
  }

  private static String schema() {
    return """
    {"type": "object", "additionalProperties": false, "properties": {
      "greeting": {"type": "string", "description": "What to say.", "default": "Hi"},
      "slots": {"type": "integer", "description": "Slots.", "minimum": 1}}}
    """;
  }

  private Path in(String name) {
    return folder.resolve("in").resolve(name);
  }

  private void deploy(String name, Path file) throws Exception {
    assertThat(deployments.deploy(name, file).artefact().name()).isEqualTo(name);
  }

  private void deploy(String name, Path file, int number) throws Exception {
    Terms terms = new Terms(number, name + "#" + number, "", Map.of(), false);
    assertThat(deployments.deploy(name, file, terms).artefact().terms()).isEqualTo(terms);
  }

  private static VersionListener heardBy(List<String> heard) {
    return new VersionListener() {
      @Override
      public void serves(Version version) {
        heard.add(version.artefact().version() + " serves");
      }

      @Override
      public void drains(Version version) {
        heard.add(version.artefact().version() + " drains");
      }

      @Override
      public void gone(Version version) {
        heard.add(version.artefact().version() + " gone");
      }
    };
  }

  private String greeting() {
    OutcomeFrame.Item outcome = router.deliver(ADDRESS, "{\"username\":\"ada\"}");
    assertThat(outcome.verdict()).as(outcome.text()).isEqualTo(Verdict.SUCCEEDED);
    return outcome.text();
  }
}
