package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any consumer at the shared address, without the kit. */
class PlainInvokerIT extends InvokerContract {

  private static final Duration LONG = Duration.ofSeconds(30);

  private volatile Consumer<Message<JsonObject>> script = message -> {};

  @Override
  void serve() {
    TwoMembers.await(
        members
            .handlers()
            .vertx()
            .eventBus()
            .<JsonObject>consumer(members.address, message -> script.accept(message))
            .completion());
  }

  @Override
  void succeedWith(String result) {
    script = message -> message.reply(new JsonObject(result.equals("1") ? "{}" : result));
  }

  @Override
  void rejectWith(String reason) {
    script = message -> message.reply(reason, header("usher-outcome", "rejected"));
  }

  @Override
  void retryAfterSeconds(int seconds, String reason) {
    script =
        message ->
            message.reply(
                reason,
                header("usher-outcome", "retry")
                    .addHeader("usher-retry-after", Integer.toString(seconds)));
  }

  @Override
  void saySilence() {
    script = message -> {};
  }

  @ParameterizedTest
  @CsvSource({
    "400, REJECTED",
    "410, REJECTED",
    "413, REJECTED",
    "415, REJECTED",
    "422, REJECTED",
    "401, FAILED",
    "404, FAILED",
    "409, FAILED",
    "429, FAILED",
    "500, FAILED",
    "503, FAILED",
    "0, FAILED",
    "-1, FAILED"
  })
  void failureCodesFollowTheTable(int code, Outcome outcome) {
    script = message -> message.fail(code, "because");

    Ending ending = members.sent(LONG);

    assertThat(ending).isEqualTo(new Ending(outcome, "because"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-3", "", "99999999999999999999"})
  void waitThatIsNoNumberOfSecondsIsNone(String wait) {
    script =
        message ->
            message.reply(
                "later", header("usher-outcome", "retry").addHeader("usher-retry-after", wait));

    Ending ending = members.sent(LONG);

    assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(ending.retryAfter()).isLessThanOrEqualTo(Duration.ZERO);
  }

  @Test
  void outcomeThatNobodyKnowsIsAFailure() {
    script = message -> message.reply("?", header("usher-outcome", "perhaps"));

    assertThat(members.sent(LONG).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void everyKindOfReplyIsASuccess() {
    script = message -> message.reply(null);
    assertThat(members.sent(LONG)).isEqualTo(new Ending(Outcome.SUCCEEDED, ""));
    script = message -> message.reply("done");
    assertThat(members.sent(LONG)).isEqualTo(new Ending(Outcome.SUCCEEDED, "\"done\""));
    script = message -> message.reply(Buffer.buffer("raw"));
    assertThat(members.sent(LONG)).isEqualTo(new Ending(Outcome.SUCCEEDED, "\"raw\""));
  }

  @Test
  void messageIsACloudEventWithTheHeadersOfTheAttempt() {
    AtomicReference<JsonObject> body = new AtomicReference<>();
    AtomicReference<MultiMap> headers = new AtomicReference<>();
    script =
        message -> {
          body.set(message.body());
          headers.set(message.headers());
          message.reply(null);
        };
    Attempt attempt = members.attempt(LONG);
    members.send(attempt);
    members.next();

    assertThat(body.get().getMap())
        .containsEntry("specversion", "1.0")
        .containsEntry("id", attempt.delivery().signup().id())
        .containsEntry("type", "dev.usher.signup.accepted")
        .containsEntry("time", "1970-01-01T00:00:00Z")
        .containsEntry("datacontenttype", "application/json");
    assertThat(body.get().getJsonObject("data")).isEqualTo(new JsonObject().put("username", "ada"));
    assertThat(headers.get().get("usher-delivery")).isEqualTo(attempt.delivery().id());
    assertThat(headers.get().get("usher-action")).isEqualTo("mail");
    assertThat(headers.get().get("usher-attempt")).isEqualTo("1");
    assertThat(headers.get().get("usher-timeout")).isEqualTo("30000");
  }

  @Test
  void payloadThatIsNoJsonIsRejectedInsteadOfStayingForEver() {
    byte[] broken = "{\"user".getBytes(StandardCharsets.UTF_8);
    Signup signup = new Signup(99, "signup_broken", Instant.EPOCH, broken);
    members.send(members.attempt(Delivery.planned(signup, TwoMembers.MAIL), LONG));

    assertThat(members.next().ending().outcome()).isEqualTo(Outcome.REJECTED);
  }

  private static DeliveryOptions header(String name, String value) {
    return new DeliveryOptions().addHeader(name, value);
  }
}
