package dev.usher.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.bridge.fixture.TcpClient;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame.Item;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client of the bridge may rely on. */
class BridgeIT extends WithBridge {

  @Test
  void registeredClientIsAnnouncedAndAcknowledged() {
    TcpClient client = client();

    client.register(
        EMAIL,
        "usher-handler",
        "email-user",
        "usher-version",
        "1.2",
        "usher-deployment",
        "email-user#3",
        "usher-language",
        "python",
        "usher-slots",
        "3");

    Announcement announced = gateway.announced(InstanceState.UP);
    assertThat(announced.instance()).startsWith("email-user-");
    assertThat(announced)
        .isEqualTo(
            new Announcement(
                announced.instance(),
                "node-1",
                EMAIL,
                "email-user",
                "1.2",
                "email-user#3",
                "python",
                3,
                3,
                InstanceState.UP,
                1));
    JsonObject answer = client.heard();
    assertThat(answer.getString("address")).isEqualTo("done");
    assertThat(answer.getJsonObject("body"))
        .isEqualTo(
            new JsonObject()
                .put("address", EMAIL)
                .put("instance", announced.instance())
                .put("slots", 3));
  }

  @Test
  void attemptComesAsACloudEventWithHeaders() {
    TcpClient client = client();
    Announcement instance = registered(client);

    gateway.deliver(instance, "{\"username\":\"Zoë\",\"n\":12345678901234567890.10}", DELIVERY);

    JsonObject attempt = client.heard();
    assertThat(attempt.getString("type")).isEqualTo("message");
    assertThat(attempt.getString("address")).isEqualTo(EMAIL);
    assertThat(attempt.getBoolean("send")).isTrue();
    JsonObject headers = attempt.getJsonObject("headers");
    assertThat(headers.getString("usher-delivery")).isEqualTo(DELIVERY);
    assertThat(headers.getString("usher-action")).isEqualTo("mail");
    assertThat(headers.getString("usher-attempt")).isEqualTo("1");
    assertThat(Integer.parseInt(headers.getString("usher-timeout"))).isBetween(1, 30_000);
    JsonObject event = attempt.getJsonObject("body");
    assertThat(event.fieldNames())
        .containsExactlyInAnyOrder(
            "specversion", "id", "source", "type", "time", "datacontenttype", "data");
    assertThat(event.getString("id")).isEqualTo("signup_1");
    assertThat(event.getString("type")).isEqualTo("dev.usher.signup.accepted");
    assertThat(event.getString("time")).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(event.getJsonObject("data").getString("username")).isEqualTo("Zoë");
  }

  @Test
  void noticeOfAnErasedSignupSaysSo() {
    TcpClient client = client();
    Announcement instance = registered(client);

    gateway.deliver(instance, "{}", "signup_1.mail.erased");

    assertThat(client.heard().getJsonObject("body").getString("type"))
        .isEqualTo("dev.usher.signup.erased");
  }

  @Test
  void anyPlainReplyIsASuccessWithItsBodyAsTheResult() {
    assertThat(outcomeOf(new JsonObject(), new JsonObject().put("sent", 1)))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.SUCCEEDED, -1, "{\"sent\":1}"));
  }

  @Test
  void replyMayRejectInAHeader() {
    assertThat(outcomeOf(new JsonObject().put("usher-outcome", "rejected"), "no such list"))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.REJECTED, -1, "no such list"));
  }

  @Test
  void replyMayAskForAnotherAttemptAfterAWait() {
    JsonObject headers =
        new JsonObject().put("Usher-Outcome", "retry").put("usher-retry-after", "7");

    assertThat(outcomeOf(headers, "list is locked"))
        .isEqualTo(new Item(DELIVERY, 1, Verdict.FAILED, 7_000, "list is locked"));
  }

  @Test
  void clientHasNeverMoreInFlightThanItsSlots() {
    TcpClient client = client();
    Announcement instance = registered(client, "usher-slots", "2");

    gateway.deliver(instance, "{}", "signup_1.mail", "signup_2.mail", "signup_3.mail");

    Item refused = gateway.outcome();
    assertThat(refused.delivery()).isEqualTo("signup_3.mail");
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
    client.reply(client.heard(), new JsonObject(), null);
    assertThat(gateway.outcome().verdict()).isEqualTo(Verdict.SUCCEEDED);
    gateway.deliver(instance, "{}", "signup_3.mail");
    assertThat(client.heard().getJsonObject("headers").getString("usher-delivery"))
        .isEqualTo("signup_2.mail");
    assertThat(client.heard().getJsonObject("headers").getString("usher-delivery"))
        .isEqualTo("signup_3.mail");
  }

  @Test
  void whatADisconnectedClientHadInFlightIsToldToBeLost() {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    client.heard();

    client.close();

    Announcement last = gateway.announced(InstanceState.DOWN);
    assertThat(last.instance()).isEqualTo(instance.instance());
    assertThat(last.isIdle()).isFalse();
    assertThat(gateway.isWithoutOutcome()).isTrue();
  }

  @Test
  void idleClientThatDisconnectsLeavesNothing() {
    TcpClient client = client();
    registered(client);

    client.close();

    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
  }

  @Test
  void unregisteringWaitsForWhatIsInFlight() {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    JsonObject attempt = client.heard();

    client.unregister(EMAIL);
    gateway.announced(InstanceState.DRAINING);
    client.reply(attempt, new JsonObject(), "sent");

    assertThat(gateway.outcome().text()).isEqualTo("\"sent\"");
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
    assertThat(client.heard().getString("address")).isEqualTo("left");
  }

  @Test
  void clientThatDiesWhileItDrainsLosesWhatItHadAtOnce() {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    client.heard();

    client.unregister(EMAIL);
    gateway.announced(InstanceState.DRAINING);
    client.close();

    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isFalse();
  }

  @Test
  void bridgeThatDrainsWaitsForWhatIsInFlightAndTakesNobodyMore() {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    JsonObject attempt = client.heard();

    Future<Void> drained = drain();
    gateway.announced(InstanceState.DRAINING);
    client.register("signup.crm");
    assertThat(client.heard().getString("message")).isEqualTo("closing");
    assertThat(drained.isComplete()).isFalse();
    client.reply(attempt, new JsonObject(), "sent");

    assertThat(gateway.outcome().text()).isEqualTo("\"sent\"");
    await(drained);
    assertThat(gateway.announced(InstanceState.DOWN).isIdle()).isTrue();
  }

  @Test
  void theSameAddressTwiceIsOneInstance() {
    TcpClient client = client();
    Announcement instance = registered(client);

    client.register(EMAIL);

    assertThat(client.heard().getJsonObject("body").getString("instance"))
        .isEqualTo(instance.instance());
  }

  @Test
  void duplicateOfARunningDeliveryJoinsIt() {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    JsonObject attempt = client.heard();

    gateway.deliver(instance, "{}", DELIVERY);
    client.say(new JsonObject().put("type", "ping"));
    assertThat(client.heard().getString("type")).isEqualTo("pong");
    client.reply(attempt, new JsonObject(), null);

    assertThat(List.of(gateway.outcome().delivery(), gateway.outcome().delivery()))
        .containsExactly(DELIVERY, DELIVERY);
  }

  @Test
  void onlyAddressesOfActionsArePermitted() {
    TcpClient client = client();

    client.register("usher.outcomes@gateway-1");

    JsonObject refusal = client.heard();
    assertThat(refusal.getString("type")).isEqualTo("err");
    assertThat(refusal.getString("address")).isEqualTo("done");
    assertThat(refusal.getString("message")).isEqualTo("access_denied");
    registered(client);
  }

  @Test
  void registrationThatMakesNoSenseIsRefusedWithTheHeadersName() {
    TcpClient client = client();

    client.register(EMAIL, "usher-slots", "-1");

    assertThat(client.heard().getString("detail")).contains("usher-slots");
  }

  @Test
  void messageToAPlainConsumerIsAnsweredOrFailed() {
    vertx
        .eventBus()
        .<String>consumer(
            EMAIL,
            message -> {
              if (message.body().equals("fail")) {
                message.fail(422, "no such list");
              } else {
                message.reply("got " + message.body());
              }
            });
    TcpClient client = client();

    client.say(request("hello"));
    assertThat(client.heard().getString("body")).isEqualTo("got hello");

    client.say(request("fail"));
    JsonObject failure = client.heard();
    assertThat(failure.getString("type")).isEqualTo("err");
    assertThat(failure.getString("address")).isEqualTo("answer");
    assertThat(failure.getInteger("failureCode")).isEqualTo(422);
    assertThat(failure.getString("message")).isEqualTo("no such list");
  }

  @Test
  void manyAttemptsAreAllAnswered() {
    TcpClient client = client();
    Announcement instance = registered(client, "usher-slots", "256");
    String[] deliveries =
        IntStream.range(0, 200).mapToObj(n -> "signup_" + n + ".mail").toArray(String[]::new);

    gateway.deliver(instance, "{\"text\":\"" + "x".repeat(500) + "\"}", deliveries);
    for (int i = 0; i < deliveries.length; i++) {
      client.reply(client.heard(), new JsonObject(), null);
    }

    List<String> succeeded =
        IntStream.range(0, deliveries.length).mapToObj(n -> gateway.outcome().delivery()).toList();
    assertThat(succeeded).containsExactlyInAnyOrder(deliveries);
  }

  private Item outcomeOf(JsonObject headers, Object body) {
    TcpClient client = client();
    Announcement instance = registered(client);
    gateway.deliver(instance, "{}", DELIVERY);
    client.reply(client.heard(), headers, body);
    return gateway.outcome();
  }

  private static JsonObject request(String body) {
    return new JsonObject()
        .put("type", "send")
        .put("address", EMAIL)
        .put("replyAddress", "answer")
        .put("body", body);
  }
}
