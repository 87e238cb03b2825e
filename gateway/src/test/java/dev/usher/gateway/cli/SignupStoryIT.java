package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person on call asks about signups. */
class SignupStoryIT extends WithScriptedGateway {

  private static final String LISTED =
      """
      {"id":"signup_1","state":"open","actions":{\
      "mail":{"required":true,"state":"pending","waitingFor":"backoff"},\
      "list":{"required":false,"state":"succeeded"}},"acceptedAt":"2026-01-01T12:00:00Z"}""";
  private static final String STORY =
      """
      {"id":"signup_1","state":"open","settled":false,"acceptedAt":"2026-01-01T12:00:00Z",\
      "revision":1,"erased":false,"payload":{"username":"Ada"},"deliveries":[\
      {"id":"signup_1.mail","action":"mail","required":true,"state":"pending",\
      "waitingFor":"backoff","due":"2026-01-01T12:01:00Z","attempts":2,"history":[\
      {"attempt":1,"startedAt":"2026-01-01T12:00:00Z","tookMs":0.4,"instance":"m-1",\
      "outcome":"failed","reason":"451 later"},\
      {"attempt":2,"startedAt":"2026-01-01T12:00:02.500Z","tookMs":1500.2,"instance":"m-2",\
      "outcome":"timed-out","reason":"no answer"}],"omitted":0},\
      {"id":"signup_1.list","action":"list","required":false,"state":"running","attempts":1,\
      "cancelling":true,"history":[\
      {"attempt":1,"startedAt":"2026-01-01T12:00:01Z","instance":"l-1","outcome":"running"}],\
      "omitted":0}]}""";

  @Test
  void listShowsHowEachDeliveryStands() {
    gateway.answer(
        "GET /admin/signups?limit=100&state=open&email=ada%40example.org",
        200, "{\"signups\":[" + LISTED + "]}");

    Run run = usher(person(), "signups", "list", "--state", "open", "--email", "ada@example.org");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            SIGNUP    STATE  ACCEPTED              DELIVERIES
            signup_1  open   2026-01-01T12:00:00Z  mail pending (backoff), list succeeded
            """);
  }

  @Test
  void thatNoneMatchIsSaidBesideTheData() {
    gateway.answer("GET /admin/signups?limit=100", 200, "{\"signups\":[]}");

    for (Prompt prompt : List.of(person(), new Prompt(folder))) {
      Run run = usher(prompt, "signups", "list");
      assertThat(run.exit()).isZero();
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).isEqualToIgnoringNewLines("no signups match");
    }
  }

  @Test
  void listGoesOnUntilItsLimitAlsoAcrossPagesThatFoundNothing() {
    gateway.answer("GET /admin/signups?limit=2", 200, "{\"signups\":[],\"next\":\"9\"}");
    gateway.answer(
        "GET /admin/signups?limit=2&after=9", 200, "{\"signups\":[" + LISTED + "],\"next\":\"5\"}");
    gateway.answer(
        "GET /admin/signups?limit=1&after=5", 200, "{\"signups\":[" + LISTED + "],\"next\":\"1\"}");

    Run run = usher(new Prompt(folder), "signups", "list", "--limit", "2");

    assertThat(run.out().lines()).containsExactly(LISTED, LISTED);
    assertThat(run.err()).contains("these are the newest 2; --limit shows more");
  }

  @Test
  void traceShowsEveryAttemptInTheOrderOfTime() {
    gateway.answer("GET /admin/signups/signup_1", 200, STORY);

    Run run = usher(person(), "signups", "trace", "signup_1");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            signup    signup_1
            state     open
            accepted  2026-01-01T12:00:00Z
            payload   {"username":"Ada"}

            STARTED                   ACTION  ATTEMPT  OUTCOME    TOOK     ON   REASON
            2026-01-01T12:00:00Z      mail          1  failed     <1ms     m-1  451 later
            2026-01-01T12:00:01Z      list          1  running             l-1
            2026-01-01T12:00:02.500Z  mail          2  timed-out  1s500ms  m-2  no answer

            ACTION  REQUIRED  STATE    ATTEMPTS  WAITING FOR  NEXT                  BECAUSE
            mail    required  pending         2  backoff      2026-01-01T12:01:00Z
            list    optional  running         1                                     cancelled; this attempt is the last
            """);
  }

  @Test
  void traceEndsWithWhatPeopleDid() {
    String deed =
        "{\"at\":\"2026-01-01T13:00:00Z\",\"token\":\"anna\",\"verb\":\"mark-done\","
            + "\"detail\":\"1 of 1 by signup_1.mail because sent by hand\"}";
    gateway.answer(
        "GET /admin/signups/signup_1",
        200,
        STORY.substring(0, STORY.length() - 1) + ",\"deeds\":[" + deed + "]}");

    assertThat(usher(person(), "signups", "trace", "signup_1").out())
        .containsIgnoringNewLines(
            """
            AT                    BY    DID        TO
            2026-01-01T13:00:00Z  anna  mark-done  1 of 1 by signup_1.mail because sent by hand
            """);
  }

  @Test
  void traceIsOneJsonLineWhenPiped() {
    gateway.answer("GET /admin/signups/signup_1", 200, STORY);

    assertThat(usher(new Prompt(folder), "signups", "trace", "signup_1").out())
        .isEqualToIgnoringNewLines(STORY);
  }

  @Test
  void unknownSignupIsNotFound() {
    assertThat(usher(person(), "signups", "trace", "signup_9").exit()).isEqualTo(3);
    assertThat(usher(person(), "signups", "cancel", "signup_9").exit()).isEqualTo(3);
    assertThat(usher(person(), "dead-letters", "show", "signup_9.mail").exit()).isEqualTo(3);
  }

  @Test
  void cancelSaysWhatIsCancelledAndWhatStillRuns() {
    gateway.answer(
        "POST /admin/signups/signup_1/cancel?action=mail",
        200,
        "{\"matched\":1,\"done\":0,\"signup\":" + LISTED + "}");
    gateway.answer(
        "POST /admin/signups/signup_1/cancel",
        200,
        "{\"matched\":2,\"done\":2,\"signup\":" + LISTED + "}");

    Run one = usher(person(), "signups", "cancel", "signup_1", "--action", "mail");
    Run all = usher(person(), "signups", "cancel", "signup_1", "--reason", "they asked");

    assertThat(one.exit()).isEqualTo(7);
    assertThat(one.out()).startsWith("0 of 1 open deliveries cancelled");
    assertThat(one.err()).contains("1 running: no attempt follows the one under way");
    assertThat(all.exit()).isZero();
    assertThat(gateway.requests().get(1).body()).isEqualTo("{\"reason\":\"they asked\"}");
  }

  @Test
  void oneDeliveryIsShownWithItsAttempts() {
    gateway.answer("GET /admin/signups/signup_1", 200, STORY);

    Run run = usher(person(), "dead-letters", "show", "signup_1.mail");

    assertThat(run.out()).contains("451 later", "timed-out").doesNotContain("l-1");
    assertThat(usher(person(), "dead-letters", "show", "signup_1.crm").exit()).isEqualTo(3);
    assertThat(usher(person(), "dead-letters", "show", "mail").exit()).isEqualTo(2);
  }

  private Prompt person() {
    return new Prompt(folder).onTerminal();
  }

  private Run usher(Prompt prompt, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--url";
    all[arguments.length + 1] = gateway.url();
    return prompt.with("USHER_TOKEN", "a-token-of-some-length").usher(all);
  }
}
