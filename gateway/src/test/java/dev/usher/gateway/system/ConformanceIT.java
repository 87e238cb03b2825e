package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conformance kit on the handlers that Usher comes with, and on one that does not conform; side
 * by side, as most of the time goes into starting processes.
 */
class ConformanceIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path KIT =
      HOME.resolve("verticles/conformance/target/usher-conformance.jar");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CASES = 13;
  private static final int LIMIT_SECONDS = 300;

  @TempDir Path folder;

  private record Run(int exit, String out) {}

  @Test
  void everyWayToWriteAHandlerPassesEveryCaseAndOneThatJustSucceedsFailsThem() throws Exception {
    Path careless = folder.resolve("careless.py");
    Files.writeString(
        careless,
        """
        from usher import handler

        @handler("signup.careless")
        def careless(context):
            return None
        """);

    Run run =
        examine(
            "--examples",
            "signup.careless",
            "-o",
            "json",
            "--",
            "env",
            "PYTHONPATH=" + HOME.resolve("verticles/python/src"),
            "PYTHONDONTWRITEBYTECODE=1",
            "python3",
            "-m",
            "usher",
            careless.toString());

    System.out.println(run.out());
    for (String example : List.of("java", "plain-verticle", "python", "node", "webhook")) {
      assertThat(cases(run, example, "passed")).as(run.out()).hasSize(CASES);
    }
    assertThat(cases(run, "handler", "passed")).containsExactlyInAnyOrder("start", "success");
    assertThat(cases(run, "handler", "failed")).hasSize(CASES - 2);
    assertThat(run.out()).contains("its attempts should have ended as rejected; the delivery is");
    assertThat(run.exit()).isEqualTo(1);
  }

  private static Set<String> cases(Run run, String handler, String result) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines.stream()
        .filter(line -> line.path("handler").asText().equals(handler))
        .filter(line -> line.path("result").asText().equals(result))
        .map(line -> line.path("case").asText())
        .collect(Collectors.toSet());
  }

  private Run examine(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", KIT.toString(), HOME.toString()));
    command.addAll(List.of(words));
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8).strip());
    } finally {
      // It ends what it has started.
      process.destroy();
    }
  }
}
