package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsherCommandTest {

  private final Prompt prompt = new Prompt(Path.of("nowhere"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "signups ",
        "signups send ",
        "signups get ",
        "signups watch ",
        "top ",
        "status ",
        "config ",
        "config check ",
        "config show "
      })
  void everyCommandAnswersHelp(String command) {
    Run run = prompt.usher((command + "--help").split(" "));

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: usher " + command);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void helpIsPlainUnlessColoursAreAllowed() {
    assertThat(prompt.usher("--help").out()).doesNotContain("\u001b");
    assertThat(prompt.inColour().usher("--help").out()).contains("\u001b[");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signups", "config", "stats", "status --frob", "signups get"})
  void misuseEndsWithTwoAndNamesTheHelp(String command) {
    Run run = prompt.usher(command.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("usher: ").contains("try: usher").contains("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "stats, status",
    "signups lst, list",
    "dead-letters redirve, redrive",
    "signups list --stat, --state"
  })
  void slipOfTheKeyIsToldTheWordThatWasMeant(String slip, String meant) {
    Run run = prompt.usher(slip.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).containsPattern("did you mean .*" + meant + ".*\\?");
  }

  @Test
  void completionKnowsTheWordsThatAnOptionTakes() {
    assertThat(prompt.usher("completion").out())
        .contains("outcome-unknown")
        .contains("\"open\" \"completed\" \"failed\"");
  }

  @Test
  void noCommandEndsWithTwo() {
    assertThat(prompt.usher().exit()).isEqualTo(2);
  }
}
