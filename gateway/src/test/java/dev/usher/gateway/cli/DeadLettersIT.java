package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import org.junit.jupiter.api.Test;

class DeadLettersIT extends WithScriptedGateway {

  private static final String LETTER =
      "{\"id\":\"signup_1.mail\",\"cause\":\"rejected\",\"at\":\"2026-01-01T00:00:00Z\","
          + "\"attempts\":1,\"reason\":\"no such mailbox\"}";

  @Test
  void everyPageIsListed() {
    gateway.answer(
        "GET /admin/dead-letters?limit=1000&action=mail",
        200,
        "{\"deadLetters\":[" + LETTER + "],\"next\":\"1.mail\"}");
    gateway.answer(
        "GET /admin/dead-letters?limit=1000&after=1.mail&action=mail",
        200,
        "{\"deadLetters\":[" + LETTER.replace("signup_1", "signup_2") + "]}");

    Run run = usher(new Prompt(folder).onTerminal(), "list", "--action", "mail");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            DELIVERY       CAUSE     AT                    ATTEMPTS  REASON
            signup_1.mail  rejected  2026-01-01T00:00:00Z         1  no such mailbox
            signup_2.mail  rejected  2026-01-01T00:00:00Z         1  no such mailbox
            """);
  }

  @Test
  void listIsOneJsonLineALetterWhenPiped() {
    gateway.answer("GET /admin/dead-letters?limit=1000", 200, "{\"deadLetters\":[" + LETTER + "]}");

    assertThat(usher(new Prompt(folder), "list").out()).isEqualToIgnoringNewLines(LETTER);
  }

  @Test
  void redriveSaysHowManyAndSendsWhatWasAskedFor() {
    gateway.answer("POST /admin/dead-letters/redrive", 200, "{\"matched\":2,\"done\":2}");

    Run run =
        usher(
            new Prompt(folder).onTerminal(),
            "redrive",
            "--action",
            "mail",
            "--cause",
            "gave-up",
            "--reason",
            "server is back");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("2 of 2 dead letters: redrive");
    assertThat(gateway.requests().get(0).body())
        .isEqualTo(
            "{\"action\":\"mail\",\"cause\":\"gave-up\",\"reason\":\"server is back\","
                + "\"dryRun\":false,\"limit\":5000}");
  }

  @Test
  void exitTellsWhetherAllOfThemWereThere() {
    gateway.answer("POST /admin/dead-letters/discard", 200, "{\"matched\":0,\"done\":0}");
    gateway.answer("POST /admin/dead-letters/discard", 200, "{\"matched\":1,\"done\":1}");
    gateway.answer("POST /admin/dead-letters/discard", 422, "{\"detail\":\"no\"}");

    assertThat(usher(new Prompt(folder), "discard", "signup_1.mail").exit()).isEqualTo(3);
    assertThat(usher(new Prompt(folder), "discard", "signup_1.mail", "signup_2.mail").exit())
        .isEqualTo(7);
    assertThat(usher(new Prompt(folder), "discard").exit()).isEqualTo(4);
  }

  private Run usher(Prompt prompt, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "dead-letters";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--url";
    all[arguments.length + 2] = gateway.url();
    return prompt.with("USHER_TOKEN", "a-token-of-some-length").usher(all);
  }
}
