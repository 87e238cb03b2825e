package dev.usher.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.wire.DeliveryFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignupTest {

  @Test
  void deliveryIdNamesSignupAndAction() {
    Signup signup = Signup.of("signup_01.tips.mail", new JsonObject());

    assertThat(signup.id()).isEqualTo("signup_01");
    assertThat(signup.action()).isEqualTo("tips.mail");
    assertThat(signup.delivery()).isEqualTo("signup_01.tips.mail");
  }

  @Test
  void fieldsAreRead() {
    Signup signup = Signup.of("s.a", new JsonObject().put("username", "ada").put("age", 36));

    assertThat(signup.text("username")).isEqualTo("ada");
    assertThat(signup.find("age")).contains("36");
    assertThat(signup.find("email")).isEmpty();
  }

  @Test
  void fieldThatIsNoTextRejects() {
    Signup signup = Signup.of("s.a", new JsonObject().put("username", new JsonObject()));

    assertThatThrownBy(() -> signup.text("username"))
        .isInstanceOf(Rejected.class)
        .hasMessage("\"username\" is not a text");
    assertThatThrownBy(() -> signup.text("email")).hasMessage("\"email\" is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[1]", "7", "null"})
  void payloadThatIsNoObjectRejects(String payload) {
    Signup signup = received(payload, 1);

    assertThatThrownBy(signup::json).isInstanceOf(Rejected.class);
  }

  @Test
  void timeLeftRunsDownToZero() {
    assertThat(Signup.of("s.a", new JsonObject()).timeLeft())
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    assertThat(received("{}", 0).timeLeft()).isZero();
  }

  @Test
  void textFormHoldsNoPersonalData() {
    Signup signup = Signup.of("s.a", new JsonObject().put("username", "ada"));

    assertThat(signup).hasToString("s.a attempt 1");
  }

  private static Signup received(String payload, long timeoutMs) {
    byte[] bytes = Buffer.buffer(payload).getBytes();
    return Signup.received(new DeliveryFrame.Item("s.a", 1, timeoutMs, 0, "", bytes));
  }
}
