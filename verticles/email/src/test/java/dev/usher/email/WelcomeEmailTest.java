package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.handler.Rejected;
import dev.usher.handler.Signup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mail.MailMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WelcomeEmailTest {

  private final CollectingTransport transport = new CollectingTransport();
  private final WelcomeEmail handler =
      new WelcomeEmail(
          new WelcomeLetter(
              Mailbox.parse("welcome@example.com"), "Usher", new Templates(Optional.empty())),
          transport,
          Outbox.left(Vertx.vertx(), Path.of("nowhere")));

  @Test
  void sendsTheLetterToTheAddressOfTheSignup() {
    assertThat(handle("Ada", "ada@example.org").succeeded()).isTrue();

    assertThat(transport.letters).hasSize(1);
    assertThat(transport.letters.get(0).getTo()).containsExactly("ada@example.org");
    assertThat(transport.letters.get(0).getText()).startsWith("Hello Ada, thanks for joining");
  }

  @Test
  void givesTheTransportLessTimeThanTheGatewayWaits() {
    assertThat(handle("Ada", "ada@example.org").succeeded()).isTrue();

    assertThat(transport.within).isLessThan(Duration.ofSeconds(30)).isPositive();
  }

  @Test
  void whatIsNoAddressIsRejectedWithoutBeingQuoted() {
    assertThatThrownBy(() -> handle("Ada", "ada@example.org\r\nBcc: eve@example.org"))
        .isInstanceOf(Rejected.class)
        .hasMessageStartingWith("\"email\" is not an e-mail address")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("example"));
    assertThat(transport.letters).isEmpty();
  }

  @Test
  void aMissingAddressIsRejected() {
    assertThatThrownBy(() -> handle("Ada", null))
        .isInstanceOf(Rejected.class)
        .hasMessage("\"email\" is missing");
  }

  @Test
  void aMissingBlankLongOrBrokenNameIsRejected() {
    for (String name : new String[] {null, " ", "a".repeat(201), "Ada\nEve", "Ada\0"}) {
      assertThatThrownBy(() -> handle(name, "ada@example.org"))
          .isInstanceOf(Rejected.class)
          .hasMessageStartingWith("\"username\" is ");
    }
    assertThat(transport.letters).isEmpty();
  }

  private Future<?> handle(String username, String email) {
    JsonObject payload = new JsonObject().put("username", username).put("email", email);
    return handler.handle(Signup.of("signup_1.welcome-email", payload));
  }

  private static final class CollectingTransport implements Transport {
    private final List<MailMessage> letters = new ArrayList<>();
    private Duration within = Duration.ZERO;

    @Override
    public Future<Void> send(String delivery, MailMessage letter, Duration within) {
      letters.add(letter);
      this.within = within;
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
