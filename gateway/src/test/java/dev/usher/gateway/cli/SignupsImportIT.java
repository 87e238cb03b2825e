package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(folder.resolve("people.jsonl.rejected.jsonl"))
        .hasContent(
            "{\"line\":3,\"problem\":{\"type\":\"urn:usher:problem:invalid-signup\","
                + "\"status\":422},\"text\":\"{\\\"a\\\":2}\"}");
    assertThat(keys()).containsExactly("K.1");
  }

  @Test
  void longFilesAreSentInBatchesWithTheLinesOfTheFile() throws IOException {
    gateway.answer(
        CALL,
        200,
        IntStream.rangeClosed(1, 500)
            .mapToObj(SignupsImportIT::good)
            .collect(Collectors.joining()));
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
