package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.gateway.cli.fixture.ScriptedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignupsIT extends WithScriptedGateway {

  private static final String ID = "signup_01jd0000000000000000000000";
  private static final String OPEN =
      """
      {"id":"%s","state":"open","actions":{\
      "welcome-email":{"required":true,"state":"running"},\
      "subscribe":{"required":false,"state":"pending","waitingFor":"no-handler"}}}"""
          .formatted(ID);
  private static final String COMPLETED = OPEN.replace("open", "completed");
  private static final String FAILED = OPEN.replace("open", "failed");
  private static final String GET = "GET /signups/" + ID;

  private Prompt prompt;

  @BeforeEach
  void openPrompt() {
    prompt = new Prompt(folder).with("USHER_URL", gateway.url());
  }

  @Test
  void sentSignupPrintsItsReceiptAsOneJsonLineWhenPiped() {
    gateway.answer("POST /signups", 202, OPEN);

    Run run = prompt.usher("signups", "send", "ada@example.com", "--username", "Ada");

    assertThat(run).isEqualTo(new Run(0, OPEN + System.lineSeparator(), ""));
  }

  @Test
  void sentSignupPrintsItsReceiptAsTableOnTerminal() {
    gateway.answer("POST /signups", 202, OPEN);

    Run run = prompt.onTerminal().usher("signups", "send", "a@example.com", "--username", "Ada");

    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            signup  %s
            state   open

            ACTION         REQUIRED  STATE    WAITING FOR
            welcome-email  required  running
            subscribe      optional  pending  no-handler
            """
                .formatted(ID));
  }

  @Test
  void outputOptionWinsOverWhatReadsIt() {
    gateway.answer(GET, 200, OPEN);

    assertThat(prompt.usher("signups", "get", ID, "-o", "table").out()).startsWith("signup  ");
    assertThat(prompt.onTerminal().usher("signups", "get", ID, "-o", "JSON").out()).startsWith("{");
  }

  @Test
  void payloadHoldsTheArgumentsOverSetOverFile() throws IOException {
    gateway.answer("POST /signups", 202, OPEN);
    Path file = folder.resolve("more.json");
    Files.writeString(file, "{\"email\":\"x\",\"company\":\"ACME\",\"n\":1.10,\"tips\":false}");

    Run run =
        prompt.usher(
            "signups",
            "send",
            "zoë@example.com",
            "--username",
            "Zoë",
            "--json",
            file.toString(),
            "--set",
            "tips=true",
            "--set",
            "phone=0123");

    assertThat(run.exit()).isZero();
    ScriptedGateway.Request request = gateway.requests().get(0);
    assertThat(request.header("Content-type")).contains("application/json");
    assertThat(request.body())
        .isEqualTo(
            "{\"email\":\"zoë@example.com\",\"company\":\"ACME\",\"n\":1.10,\"tips\":true,"
                + "\"phone\":\"0123\",\"username\":\"Zoë\"}");
  }

  @Test
  void dashReadsThePayloadFromStdin() {
    gateway.answer("POST /signups", 202, OPEN);

    prompt.typing("{\"username\":\"Ada\"}").usher("signups", "send", "a@b.c", "--json", "-");

    assertThat(gateway.requests().get(0).body())
        .isEqualTo("{\"username\":\"Ada\",\"email\":\"a@b.c\"}");
  }

  @Test
  void misuseEndsWithTwoAndSendsNothing() {
    assertThat(prompt.usher("signups", "send").exit()).isEqualTo(2);
    assertThat(prompt.usher("signups", "send", "a@b.c").err()).contains("--username NAME");
    assertThat(prompt.usher("signups", "send", "a@b.c").exit()).isEqualTo(2);
    assertThat(prompt.typing("[1]").usher("signups", "send", "a@b.c", "--json", "-").exit())
        .isEqualTo(2);
    Run badTime =
        prompt.usher("signups", "send", "a@b.c", "--username", "A", "--timeout", "5 secs");
    assertThat(badTime.exit()).isEqualTo(2);
    assertThat(badTime.err()).contains("\"5 secs\" is not a duration");
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void refusedSignupShowsEveryFaultAndEndsWithFour() {
    gateway.answer(
        "POST /signups",
        422,
        """
        {"title":"Payload refused","status":422,"errors":[
          {"pointer":"/email","code":"format","detail":"is not an e-mail address"},
          {"pointer":"/username","code":"control","detail":"has a control \\u001b character"}]}""");

    Run run = prompt.usher("signups", "send", "x", "--username", "A");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualToNormalizingNewlines(
            """
            usher: %s answered 422 Payload refused
              /email  is not an e-mail address
              /username  has a control \uFFFD character
            """
                .formatted(gateway.url()));
  }

  @Test
  void overloadedGatewaySaysWhenToTryAgain() {
    gateway.answer("POST /signups", 503, "{\"title\":\"Overloaded\"}", Map.of("Retry-After", "7"));

    Run run = prompt.usher("signups", "send", "a@b.c", "--username", "A");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("503 Overloaded").contains("try again after 7 s");
  }

  @Test
  void brokenGatewayEndsWithOne() {
    gateway.answer("POST /signups", 500, "<html>");

    Run run = prompt.usher("signups", "send", "a@b.c", "--username", "A");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("answered 500").contains("right port");
  }

  @Test
  void sendingToTheWrongPortSaysSo() {
    Run run = prompt.usher("signups", "send", "a@b.c", "--username", "A");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("USHER_URL must be the public port");
  }

  @Test
  void waitEndsWithZeroOnceCompleted() {
    gateway.answer("POST /signups", 202, OPEN);
    gateway.answer(GET, 200, OPEN).answer(GET, 503, "").answer(GET, 200, COMPLETED);

    Run run = prompt.usher("signups", "send", "a@b.c", "--username", "A", "--wait");

    assertThat(run.exit()).isZero();
    assertThat(run.out().strip()).isEqualTo(COMPLETED);
    assertThat(run.err()).contains("accepted " + ID + "; waiting up to 30s");
    assertThat(gateway.requests()).hasSize(4);
  }

  @Test
  void waitEndsWithOneOnceFailed() {
    gateway.answer("POST /signups", 202, OPEN).answer(GET, 200, FAILED);

    Run run = prompt.usher("signups", "send", "a@b.c", "--username", "A", "--wait");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().strip()).isEqualTo(FAILED);
  }

  @Test
  void waitEndsWithSixWhenTimeRunsOutAndStillPrintsTheReceipt() {
    gateway.answer("POST /signups", 202, OPEN).answer(GET, 200, OPEN);

    Run run =
        prompt.usher("signups", "send", "a@b.c", "--username", "A", "--wait", "--timeout", "60ms");

    assertThat(run.exit()).isEqualTo(6);
    assertThat(run.out().strip()).isEqualTo(OPEN);
    assertThat(run.err()).contains("still open after 60ms");
  }

  @Test
  void completedReceiptIsNotAskedForAgain() {
    gateway.answer("POST /signups", 201, COMPLETED);

    assertThat(prompt.usher("signups", "send", "a@b.c", "--username", "A", "--wait").exit())
        .isZero();
    assertThat(gateway.requests()).hasSize(1);
  }

  @Test
  void unknownSignupEndsWithThree() {
    Run run = prompt.usher("signups", "get", "signup_none/../x y");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("no signup signup_none/../x y at " + gateway.url());
    assertThat(gateway.requests().get(0).call()).isEqualTo("GET /signups/signup_none%2F..%2Fx%20y");
  }

  @Test
  void thePublicPortIsShownNoToken() {
    gateway.answer(GET, 200, OPEN);

    prompt.with("USHER_TOKEN", "secret").usher("signups", "get", ID);

    assertThat(gateway.requests().get(0).header("Authorization")).isEmpty();
  }

  @Test
  void coloursMarkStates() {
    gateway.answer(GET, 200, COMPLETED);

    assertThat(prompt.inColour().usher("signups", "get", ID).out())
        .contains("\u001b[32mcompleted\u001b[0m");
  }
}
