package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.util.List;
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
  void rateOfNothingIsRefusedBeforeAnybodyIsAsked() {
    Run run = usher(new Prompt(folder), "redrive", "--action", "mail", "--rate", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--rate takes a number above 0");
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void listIsOneJsonLineALetterWhenPiped() {
    gateway.answer("GET /admin/dead-letters?limit=1000", 200, "{\"deadLetters\":[" + LETTER + "]}");

    assertThat(usher(new Prompt(folder), "list").out()).isEqualToIgnoringNewLines(LETTER);
  }

  @Test
  void groupsAreATableOfReasonClasses() {
    String answer =
        "{\"groups\":[{\"action\":\"mail\",\"cause\":\"gave-up\","
            + "\"reasonClass\":\"connection refused\",\"mark\":\"0000000a\",\"count\":4980,"
            + "\"oldest\":\"2026-01-01T00:00:00Z\",\"newest\":\"2026-01-02T00:00:00Z\","
            + "\"example\":{\"id\":\"signup_1.mail\",\"reason\":\"connection refused\"}},"
            + "{\"action\":\"mail\",\"cause\":\"rejected\",\"count\":20,"
            + "\"oldest\":\"2026-01-01T00:00:00Z\",\"newest\":\"2026-01-01T00:00:00Z\","
            + "\"example\":{\"id\":\"signup_2.mail\",\"reason\":\"no\"}}],\"deadLetters\":[]}";
    gateway.answer("GET /admin/dead-letters?limit=1&action=mail", 200, answer);

    Run run = usher(new Prompt(folder).onTerminal(), "list", "--groups", "--action", "mail");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            COUNT  ACTION  CAUSE     REASON CLASS        OLDEST                NEWEST                EXAMPLE
             4980  mail    gave-up   connection refused  2026-01-01T00:00:00Z  2026-01-02T00:00:00Z  signup_1.mail
               20  mail    rejected  (other classes)     2026-01-01T00:00:00Z  2026-01-01T00:00:00Z  signup_2.mail
            """);
    assertThat(usher(new Prompt(folder), "list", "--groups", "--action", "mail").out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"action\":\"mail\""));
  }

  @Test
  void whereThereAreNoneThatIsSaidBesideTheData() {
    gateway.answer("GET /admin/dead-letters?limit=1000", 200, "{\"deadLetters\":[]}");
    gateway.answer("GET /admin/dead-letters?limit=1", 200, "{\"groups\":[]}");

    for (Run run :
        List.of(
            usher(new Prompt(folder), "list"),
            usher(new Prompt(folder).onTerminal(), "list"),
            usher(new Prompt(folder).onTerminal(), "list", "--groups"))) {
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).isEqualToIgnoringNewLines("no dead letters match");
    }
  }

  @Test
  void reasonClassIsSentAsItIsWritten() {
    gateway.answer(
        "GET /admin/dead-letters?limit=1000&reasonClass=450+mailbox+of+*+busy",
        200,
        "{\"deadLetters\":[" + LETTER + "]}");
    gateway.answer("POST /admin/dead-letters/discard", 200, "{\"matched\":1,\"done\":1}");
    String common = "450 mailbox of * busy";

    assertThat(usher(new Prompt(folder), "list", "--reason-class", common).out()).isNotEmpty();
    usher(new Prompt(folder), "discard", "--reason-class", common);
    assertThat(gateway.requests().get(1).body()).contains("\"reasonClass\":\"" + common + "\"");
    assertThat(usher(new Prompt(folder), "discard", "--reason-class", " ").exit()).isEqualTo(2);
  }

  @Test
  void redriveSaysWhatStaysDeadAndWhatToDo() {
    gateway.answer(
        "POST /admin/dead-letters/redrive",
        200,
        "{\"matched\":5,\"done\":0,\"next\":\"5.tips\",\"blocked\":["
            + "{\"action\":\"tips\",\"by\":\"mail\",\"count\":5}]}");
    gateway.answer(
        "POST /admin/dead-letters/redrive",
        200,
        "{\"matched\":1,\"done\":0,\"blocked\":["
            + "{\"action\":\"tips\",\"by\":\"mail\",\"count\":1}]}");

    Run run = usher(new Prompt(folder).onTerminal(), "redrive", "--cause", "after", "--dry-run");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("6 dead letters match");
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "6 of tips would stay dead: they come after mail, which is dead, too; redrive that one,"
                + " which revives them");
    assertThat(usher(new Prompt(folder), "redrive", "--cause", "after").out())
        .contains("\"blocked\":[{\"action\":\"tips\",\"by\":\"mail\",\"count\":1}]");
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
