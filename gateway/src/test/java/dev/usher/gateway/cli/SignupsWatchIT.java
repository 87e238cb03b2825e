package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignupsWatchIT extends WithScriptedGateway {

  private static final String PATH = "GET /signups/signup_1/events";
  private static final String WAITING =
      """
      {"id":"signup_1","state":"open","actions":{"mail":{"required":true,"state":"pending",\
      "waitingFor":"no-handler"},"list":{"required":false,"state":"running"}}}""";
  private static final String DONE =
      """
      {"id":"signup_1","state":"completed","actions":{"mail":{"required":true,\
      "state":"succeeded"},"list":{"required":false,"state":"dead"}}}""";

  private Prompt prompt;

  @BeforeEach
  void openPrompt() {
    prompt = new Prompt(folder).with("USHER_URL", gateway.url()).with("USHER_TOKEN", "t");
  }

  @Test
  void eachStepOfASignupIsALineUntilItIsSettled() {
    gateway.answer(PATH, 200, ":\n\n" + event("0", "", WAITING) + event("3", "", DONE));

    Run run = prompt.onTerminal().usher("signups", "watch", "signup_1");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "open  mail pending (no-handler), list running",
            "completed  mail succeeded, list dead");
    assertThat(gateway.requests()).hasSize(1);
    assertThat(gateway.requests().get(0).header("Authorization")).isEmpty();
  }

  @Test
  void aStreamThatIsCutIsTakenUpWhereItWas() {
    gateway.answer(PATH, 200, event("2", "", WAITING));
    gateway.answer(PATH, 503, "{\"title\":\"overloaded\",\"status\":503}");
    gateway.answer(PATH, 503, "{\"title\":\"overloaded\",\"status\":503}");
    gateway.answer(PATH, 200, event("3", "", DONE));

    Run run = prompt.usher("signups", "watch", "signup_1");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).containsExactly(WAITING, DONE);
    assertThat(run.err().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("away: ").endsWith("; trying again for 1m"),
            last -> assertThat(last).isEqualTo("back"));
    assertThat(gateway.requests().get(2).header("Last-event-id")).contains("2");
  }

  @Test
  void aSignupThatWasSettledMeanwhileEndsTheWatch() {
    gateway.answer(PATH, 200, event("2", "", WAITING));
    gateway.answer(PATH, 204, "");

    assertThat(prompt.usher("signups", "watch", "signup_1").exit()).isZero();
  }

  @Test
  void anUnknownSignupEndsWithThree() {
    gateway.answer(PATH, 404, "{\"title\":\"Not Found\",\"status\":404}");

    Run run = prompt.usher("signups", "watch", "signup_1");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no signup signup_1 at " + gateway.url());
  }

  @Test
  void withoutAnIdTheNewsOfAllSignupsAreShown() {
    String accepted =
        "{\"kind\":\"signup.accepted\",\"at\":\"2026-01-01T12:00:01.5Z\",\"signup\":\"signup_1\"}";
    String dead =
        "{\"kind\":\"delivery.dead\",\"at\":\"2026-01-01T12:00:02Z\",\"signup\":\"signup_1\","
            + "\"action\":\"mail\",\"cause\":\"rejected\"}";
    gateway.answer(
        "GET /admin/events",
        200,
        event("r-1", "reset", "{}")
            + event("r-2", "news", accepted)
            + event("r-3", "totals", "{}")
            + event("r-4", "skipped", "{\"news\":7}")
            + event("r-5", "news", dead));
    gateway.answer("GET /admin/events", 401, "{}");

    Run run = prompt.onTerminal().usher("signups", "watch");

    assertThat(run.out().lines())
        .containsExactly(
            "12:00:01  signup.accepted  signup_1",
            "12:00:02  delivery.dead  signup_1 mail rejected");
    assertThat(run.err()).contains("7 more, not shown");
    assertThat(gateway.requests().get(0).header("Authorization")).contains("Bearer t");
  }

  private static String event(String id, String name, String data) {
    return "id: "
        + id
        + "\n"
        + (name.isEmpty() ? "" : "event: " + name + "\n")
        + "data: "
        + data
        + "\n\n";
  }
}
