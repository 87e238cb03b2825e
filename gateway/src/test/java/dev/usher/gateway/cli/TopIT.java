package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopIT extends WithScriptedGateway {

  private static final String TOTALS =
      """
      {"signups":{"accepted":%d,"completed":9,"failed":1,"open":0},"deliveries":{}}\
      """;
  private static final String SNAPSHOT =
      """
      {"totals":%s,"actions":{"actions":[{"name":"mail","inFlight":3,"deliveries":{"pending":12,\
      "running":3,"succeeded":7,"dead":2},"waiting":{"no-handler":12}}]},\
      "handlers":{"handlers":[{"handler":"mail","instance":"mail-1","state":"up","inFlight":3,\
      "slots":64,"version":"1.0","deployment":"mail#4"}]}}\
      """
          .formatted(TOTALS.formatted(10));
  private static final String RESET = "id: r-1\nevent: reset\ndata: " + SNAPSHOT + "\n\n";

  private Prompt prompt;

  @BeforeEach
  void openPrompt() {
    prompt = new Prompt(folder).with("USHER_URL", gateway.url()).with("USHER_TOKEN", "t");
  }

  @Test
  void onceIsOnePage() {
    gateway.answer("GET /admin/events", 200, RESET);

    Run run = prompt.onTerminal().usher("top", "--once");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            usher top  %s

            SIGNUPS  OPEN  COMPLETED  FAILED  ACCEPTED/S  COMPLETED/S
                 10     0          9       1  -           -

            ACTION  ENDED/S  IN FLIGHT  WAITING  DEAD  WAITING FOR
            mail    -                3       12     2  12 no-handler

            HANDLER  VERSION  INSTANCE  STATE  IN FLIGHT  SLOTS
            mail     mail#4   mail-1    up             3     64
            """
                .formatted(gateway.url()));
  }

  @Test
  void whatIsDeployedIsShownWhereAnythingIs() {
    String deployed =
        ",\"deployed\":[{\"name\":\"mail\",\"number\":4,\"state\":\"current\",\"serving\":0,"
            + "\"runners\":1,\"addresses\":[\"signup.mail\"]}]}}";
    String withDeployed = RESET.replace("}]}}", "}]" + deployed);
    gateway.answer("GET /admin/events", 200, withDeployed);

    assertThat(prompt.onTerminal().usher("top", "--once").out())
        .containsIgnoringNewLines(
            """
            DEPLOYED  VERSION  STATE    SERVING  ADDRESS
            mail            4  current  0/1      signup.mail
            """);
    gateway.answer("GET /admin/events", 200, withDeployed);
    assertThat(prompt.usher("top", "--once", "-o", "json").out())
        .contains("\"deployed\":[{\"name\":\"mail\"");
  }

  @Test
  void pipedItIsJson() {
    gateway.answer("GET /admin/events", 200, RESET);

    assertThat(prompt.usher("top", "--once").out())
        .startsWith(
            "{\"acceptedPerSecond\":null,\"completedPerSecond\":null,\"totals\":{\"signups\"");
  }

  @Test
  void qEndsItAndTheTerminalIsAsItWas() {
    gateway.answer("GET /admin/events", 200, RESET);

    Run run = prompt.onTerminal().typing("xq").usher("top");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("\u001b[?1049h").endsWith("\u001b[?25h\u001b[?1049l");
  }

  @Test
  void aGatewayThatRefusesSaysSoOnThePlainTerminal() {
    gateway.answer("GET /admin/events", 401, "{}");

    Run run = prompt.onTerminal().usher("top");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("USHER_TOKEN");
  }

  @Test
  void speedsAreWhatGrewInASecondOrMore() throws Exception {
    TopState state = new TopState();
    take(state, 10, 0);
    take(state, 400, 500);
    assertThat(state.accepted()).isEmpty();
    take(state, 2_010, 2_000);
    assertThat(state.accepted()).hasValue(1_000);
    take(state, 0, 4_000);
    assertThat(state.accepted()).hasValue(0);
  }

  private static void take(TopState state, int accepted, long millis) throws Exception {
    state.take(
        new Events.Event("r-1", "totals", Json.parse(TOTALS.formatted(accepted))),
        TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
