package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New projects, with their own tests run. */
class HandlersNewIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final long LIMIT_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void projectInPythonPassesItsTests() throws Exception {
    Run run = usher("new", "crm", "--lang", "python");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            project("crm/README.md"),
            project("crm/crm_handler.py"),
            project("crm/test_crm_handler.py"));
    assertThat(read("crm/README.md")).contains(HOME + "/verticles/python", "address: signup.crm");
    String told =
        runs(
            Map.of(
                "PYTHONPATH",
                HOME.resolve("verticles/python/src").toString(),
                "PYTHONDONTWRITEBYTECODE",
                "1"),
            "python3",
            "-m",
            "unittest");
    assertThat(told).contains("Ran 2 tests", "OK");
  }

  @Test
  void projectInJavaScriptPassesItsTests() throws Exception {
    assertThat(usher("new", "crm", "--lang", "node").exit()).isZero();

    // What npm install makes of a dependency that is a folder.
    Matcher dependency =
        Pattern.compile("\"usher-handler\": \"file:([^\"]+)\"").matcher(read("crm/package.json"));
    assertThat(dependency.find()).isTrue();
    Files.createDirectory(folder.resolve("crm/node_modules"));
    Path link = folder.resolve("crm/node_modules/usher-handler");
    Files.createSymbolicLink(link, Path.of(dependency.group(1)));
    assertThat(runs(Map.of(), "node", "--test")).contains("pass 2", "fail 0");
    Files.delete(link);
  }

  @Test
  void projectInJavaCompilesAndPassesItsTests() throws Exception {
    assertThat(usher("new", "welcome-letter", "--lang", "java").exit()).isZero();

    Path sources = folder.resolve("welcome-letter/src");
    Path classes = Files.createDirectory(folder.resolve("classes"));
    compile(
        classes,
        sources.resolve("main/java/com/example/WelcomeLetterAction.java"),
        sources.resolve("test/java/com/example/WelcomeLetterActionTest.java"));
    assertThat(passed(classes, "com.example.WelcomeLetterActionTest")).isEqualTo(2);
  }

  /** The plug-ins and the JVM's options are those of Usher's own jars. */
  @Test
  void projectInJavaIsBuiltAsUsherIs() throws Exception {
    assertThat(usher("new", "crm", "--lang", "java", "--address", "other.crm").exit()).isZero();

    String pom = withoutBlanks(read("crm/pom.xml"));
    String own = withoutBlanks(Files.readString(HOME.resolve("pom.xml")));
    Matcher plugin =
        Pattern.compile("<artifactId>maven-[a-z]+-plugin</artifactId><version>[^<]+</version>")
            .matcher(pom);
    int plugins = 0;
    while (plugin.find()) {
      assertThat(own).contains(plugin.group());
      plugins++;
    }
    assertThat(plugins).isEqualTo(5);
    for (String key : List.of("Add-Opens", "Add-Exports")) {
      String value = pom.replaceAll("(?s).*<" + key + ">(.*)</" + key + ">.*", "$1");
      assertThat(own).contains(">" + value + "<");
    }
    assertThat(read("crm/src/main/java/com/example/CrmAction.java"))
        .contains("Handlers.run(\"crm\", \"other.crm\", CrmAction::new, args)");
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Files.createDirectory(folder.resolve("crm"));

    Run run = usher("new", "crm", "--lang", "python");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("crm is there already, and nothing of it was changed");
    assertThat(folder.resolve("crm")).isEmptyDirectory();
  }

  @Test
  void whatCannotStandInCodeIsRefused() {
    for (String name : List.of("Crm", "1st", "a--b", "../crm", "x".repeat(41), "crm\"")) {
      assertThat(usher("new", name, "--lang", "node").exit()).as(name).isEqualTo(2);
    }
    assertThat(usher("new", "crm", "--lang", "node", "--address", "a\"b").exit()).isEqualTo(2);
    assertThat(usher("new", "crm", "--lang", "node", "--address", "usher.x").exit()).isEqualTo(2);
    assertThat(usher("new", "crm", "--lang", "cobol").exit()).isEqualTo(2);
    assertThat(folder).isEmptyDirectory();
  }

  private Run usher(String... words) {
    String[] all = Stream.concat(Stream.of("handlers"), Stream.of(words)).toArray(String[]::new);
    return new Prompt(folder, Optional.of(HOME)).usher(all);
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s+", "");
  }

  private String project(String file) {
    return folder.resolve(file).toString();
  }

  private String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** Runs a command in the project {@code crm}; what it printed, once it has ended with 0. */
  private String runs(Map<String, String> environment, String... command) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.resolve("crm").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String told = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(told).isZero();
    return told;
  }

  private static void compile(Path into, Path... sources) {
    String[] words =
        Stream.concat(
                Stream.of(
                    "-proc:none",
                    "-d",
                    into.toString(),
                    "-cp",
                    System.getProperty("java.class.path")),
                Stream.of(sources).map(Path::toString))
            .toArray(String[]::new);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words)).isZero();
  }

  private static int passed(Path classes, String test) throws Exception {
    URL[] urls = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, HandlersNewIT.class.getClassLoader())) {
      Constructor<?> constructor = loader.loadClass(test).getDeclaredConstructor();
      constructor.setAccessible(true);
      int passed = 0;
      for (Method method : constructor.getDeclaringClass().getDeclaredMethods()) {
        if (method.isAnnotationPresent(Test.class)) {
          method.setAccessible(true);
          method.invoke(constructor.newInstance());
          passed++;
        }
      }
      return passed;
    }
  }
}
