package dev.usher.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.handler.Rejected;
import dev.usher.handler.Signup;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberTest {

  @Test
  void onlyTheDomainIsPutIntoLowerCase() {
    Subscriber subscriber = of(new JsonObject().put("email", " Ada.L@Example.ORG "));

    assertThat(subscriber.email()).isEqualTo("Ada.L@example.org");
    assertThat(subscriber.username()).isEmpty();
    assertThat(subscriber.signup()).isEqualTo("signup_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "@example.org", "ada@", "a da@example.org", "ada@ex\0ample"})
  void whatIsNoAddressIsRejectedWithoutBeingQuoted(String email) {
    assertThatThrownBy(() -> of(new JsonObject().put("email", email)))
        .isInstanceOf(Rejected.class)
        .hasMessage("\"email\" is not an e-mail address");
  }

  @Test
  void aMissingAddressIsRejected() {
    assertThatThrownBy(() -> of(new JsonObject()))
        .isInstanceOf(Rejected.class)
        .hasMessage("\"email\" is missing");
  }

  @Test
  void itsTextHoldsNoAddress() {
    assertThat(of(new JsonObject().put("email", "ada@example.org")))
        .hasToString("subscriber of signup_1");
  }

  private static Subscriber of(JsonObject payload) {
    return Subscriber.of(Signup.of("signup_1.subscribe", payload));
  }
}
