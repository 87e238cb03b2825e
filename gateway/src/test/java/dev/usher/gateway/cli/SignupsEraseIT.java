package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignupsEraseIT extends WithScriptedGateway {

  private static final String OF_ADA = "DELETE /admin/signups?email=ada%40example.org";

  @Test
  void signupIsErasedByItsId() {
    gateway.answer("DELETE /admin/signups/signup_1", 200, "{\"matched\":1,\"done\":1}");

    assertThat(erase(new Prompt(folder), "signup_1", "--yes"))
        .isEqualTo(new Run(0, "{\"matched\":1,\"done\":1}\n", ""));
    assertThat(erase(new Prompt(folder), "signup_2", "--yes").exit()).isEqualTo(3);
  }

  @Test
  void personAtATerminalIsAskedOnceItIsKnownHowManyItWouldBe() {
    gateway.answer(OF_ADA + "&dryRun=true", 200, "{\"matched\":2,\"done\":0}");
    gateway.answer(OF_ADA, 200, "{\"matched\":2,\"done\":2}");

    Run no = erase(new Prompt(folder).onTerminal().typing("n\n"), "--email", "ada@example.org");
    assertThat(no.exit()).isEqualTo(4);
    assertThat(no.err()).contains("Erase 2 signups for ever? [y/N]").contains("nothing was erased");
    Run nothing = erase(new Prompt(folder).onTerminal(), "--email", "ada@example.org");
    assertThat(nothing.exit()).isEqualTo(4);
    assertThat(gateway.requests()).noneMatch(request -> request.call().equals(OF_ADA));

    Run yes = erase(new Prompt(folder).onTerminal().typing("y\n"), "--email", "ada@example.org");
    assertThat(yes.exit()).isZero();
    assertThat(yes.out()).isEqualTo("2 of 2 signups erased\n");
    Run sure = erase(new Prompt(folder).onTerminal(), "--email", "ada@example.org", "--yes");
    assertThat(sure.out()).isEqualTo("2 of 2 signups erased\n");
  }

  @Test
  void whereNobodyCanBeAskedYesMustBeSaid() {
    Run run = erase(new Prompt(folder), "--email", "ada@example.org");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("give --yes");
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void dryRunErasesNothing() {
    gateway.answer(OF_ADA + "&dryRun=true", 200, "{\"matched\":2,\"done\":0}");

    Run run = erase(new Prompt(folder).onTerminal(), "--email", "ada@example.org", "--dry-run");

    assertThat(run).isEqualTo(new Run(0, "2 signups match\n", ""));
  }

  @Test
  void whomToEraseMustBeSaidInOneWay() {
    assertThat(erase(new Prompt(folder)).exit()).isEqualTo(2);
    assertThat(erase(new Prompt(folder), "signup_1", "--email", "a@example.org").exit())
        .isEqualTo(2);
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void fileThatStillHoldsThemIsNamed() {
    gateway.answer(
        OF_ADA, 500, "{\"status\":500,\"detail\":\"the backup x.db can't be rewritten\"}");

    Run run = erase(new Prompt(folder), "--email", "ada@example.org", "--yes");

    assertThat(run.exit()).isNotZero();
    assertThat(run.err()).contains("x.db");
  }

  private Run erase(Prompt prompt, String... arguments) {
    return prompt
        .with("USHER_URL", gateway.url())
        .with("USHER_TOKEN", "secret-of-the-test")
        .usher(
            Stream.concat(Stream.of("signups", "erase"), Stream.of(arguments))
                .toArray(String[]::new));
  }
}
