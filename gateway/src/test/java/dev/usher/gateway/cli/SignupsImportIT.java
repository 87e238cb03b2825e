package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.Usher;
import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.system.fixture.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignupsImportIT extends WithScriptedGateway {

  private static final String CALL = "POST /admin/signups";
  private static final String BAD =
      "{\"line\":3,\"type\":\"urn:usher:problem:invalid-signup\",\"status\":422}\n";

  @Test
  void whoLooksOnSeesHowFarItIs() throws IOException {
    gateway.answer(CALL, 200, good(1) + good(2));
    Path file = write("{\"a\":1}\n{\"a\":2}\n");

    Run watched = usher(new Prompt(folder).onTerminal(), "import", file.toString());

    assertThat(watched.err()).contains("import", "100%");
    assertThat(usher("import", file.toString()).err()).isEmpty();
  }

  @Test
  void everyLineIsSentUnderAKeyThatTheSameFileHasAgain() throws IOException {
    gateway.answer(CALL, 200, good(1) + good(2));
    Path file = write("{\"a\":1}\n{\"a\":\"ö\"}\n");

    Run run = usher("import", file.toString());
    Run again = usher("import", file.toString());

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines("{\"accepted\":2,\"replayed\":0,\"rejected\":0}\n");
    assertThat(again.exit()).isZero();
    assertThat(gateway.requests().get(0).body()).isEqualTo("{\"a\":1}\n{\"a\":\"ö\"}");
    assertThat(keys()).hasSize(2).allMatch(key -> key.matches("import-[0-9a-f]{32}\\.1"));
    assertThat(keys().get(0)).isEqualTo(keys().get(1));
  }

  @Test
  void rejectedLinesAreKeptWithTheirProblem() throws IOException {
    gateway.answer(CALL, 200, good(1) + BAD);
    Path file = write("{\"a\":1}\n\n{\"a\":2}\n");

    Run run = usher("import", file.toString(), "--key", "K");

    assertThat(run.exit()).isEqualTo(7);
    assertThat(Files.getPosixFilePermissions(folder.resolve("people.jsonl.rejected.jsonl")))
        .as("what it holds is people's data")
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(folder.resolve("people.jsonl.rejected.jsonl"))
        .hasContent(
            "{\"line\":3,\"problem\":{\"type\":\"urn:usher:problem:invalid-signup\","
                + "\"status\":422},\"text\":\"{\\\"a\\\":2}\"}");
    assertThat(keys()).containsExactly("K.1");
  }

  @Test
  void longFilesAreSentInBatchesWithTheLinesOfTheFile() throws IOException {
    gateway.answer(CALL, 200, goods(1, 500));
    gateway.answer(CALL, 200, "{\"line\":1,\"status\":422}\n");

    Run run = usher("import", write("{}\n".repeat(501)).toString(), "--key", "K");

    assertThat(run.exit()).isEqualTo(7);
    assertThat(keys()).containsExactly("K.1", "K.2");
    assertThat(folder.resolve("people.jsonl.rejected.jsonl"))
        .content()
        .startsWith("{\"line\":501,");
  }

  @Test
  void whatTheGatewayBrokeOffIsSentAgainUnderTheSameKey() throws IOException {
    gateway.answer(CALL, 503, "{}");
    gateway.answer(CALL, 200, good(1));
    gateway.answer(CALL, 200, good(1) + "{\"line\":2,\"st");
    gateway.answer(CALL, 200, "{\"line\":1,\"status\":202,\"replayed\":true}\n" + good(2));

    Run run = usher("import", write("{}\n{}\n").toString(), "--key", "K");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("\"accepted\":1,\"replayed\":1");
    assertThat(keys()).containsExactly("K.1", "K.1", "K.1", "K.1");
  }

  @Test
  void aGatewayThatStaysAwayEndsItWithTheWayToGoOn() throws IOException {
    gateway.answer(CALL, 503, "{}");

    Run run = usher("import", write("{}\n").toString(), "--timeout", "100ms");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.err()).contains("Run the same command again to go on");
  }

  @Test
  void whoBreaksItOffIsToldHowFarItCameAndHowToGoOn() throws Exception {
    gateway.answer(CALL, 200, good(1) + "{\"line\":2,\"status\":422}\n" + goods(3, 500));
    gateway.answer(CALL, 503, "{}");
    Path file = write("{}\n".repeat(501));
    Process usher = process("signups", "import", file.toString());
    try {
      Await.until("the second batch", () -> gateway.requests().size() > 1);
      // The handle leaves the streams open.
      assertThat(usher.toHandle().destroy()).isTrue();
      String said = new String(usher.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(usher.waitFor()).isEqualTo(143);
      assertThat(said)
          .startsWith("broken off: 499 accepted, 1 rejected: see " + file + ".rejected.jsonl.")
          .contains("Run the same command again to go on");
      assertThat(Path.of(file + ".rejected.jsonl")).content().startsWith("{\"line\":2,");
    } finally {
      usher.destroyForcibly();
    }
  }

  @Test
  void aPipeThatWasBrokenOffIsKnownAgainByItsKey() {
    gateway.answer(CALL, 503, "{}");

    Run run =
        new Prompt(folder)
            .with("USHER_URL", gateway.url())
            .typing("{}\n")
            .usher("signups", "import", "-", "--timeout", "100ms");

    assertThat(run.err()).containsPattern("the same input, with --key import-[0-9a-f-]{36}, to go");
  }

  @Test
  void aMissingFileOrTokenIsSaid() throws IOException {
    gateway.answer(CALL, 401, "{}");

    assertThat(usher("import", "nowhere.jsonl").exit()).isEqualTo(2);
    assertThat(usher("import", write("{}").toString()).exit()).isEqualTo(4);
  }

  @Test
  void stdinIsReadToo() {
    gateway.answer(CALL, 200, good(1));

    Run run =
        new Prompt(folder)
            .with("USHER_URL", gateway.url())
            .typing("{}\n")
            .usher("signups", "import", "-", "--key", folder.toString());

    assertThat(run.exit()).isZero();
  }

  private static String good(int line) {
    return "{\"line\":" + line + ",\"status\":202,\"id\":\"signup_" + line + "\"}\n";
  }

  private static String goods(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(SignupsImportIT::good)
        .collect(Collectors.joining());
  }

  /** Only a process of its own can be broken off. */
  private Process process(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Usher.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("USHER_URL", gateway.url());
    builder.environment().put("USHER_TOKEN", "0123456789abcdef");
    return builder.start();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("people.jsonl"), text);
  }

  private List<String> keys() {
    return gateway.requests().stream()
        .map(request -> request.header("Idempotency-key").orElse(""))
        .toList();
  }

  private Run usher(String... arguments) {
    return usher(new Prompt(folder), arguments);
  }

  private Run usher(Prompt prompt, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "signups";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return prompt
        .with("USHER_URL", gateway.url())
        .with("USHER_TOKEN", "0123456789abcdef")
        .usher(all);
  }
}
