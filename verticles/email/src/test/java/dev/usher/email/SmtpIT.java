package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real SMTP server takes the letters. */
class SmtpIT {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final GreenMail server = new GreenMail(smtp());
  private final WelcomeLetter letter =
      new WelcomeLetter(
          Mailbox.parse("Usher <welcome@example.com>"), "Usher", new Templates(Optional.empty()));

  /** Its own two seconds to start are short on a busy machine. */
  private static ServerSetup smtp() {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(30_000);
    return setup;
  }

  @BeforeEach
  void startServer() {
    server.start();
  }

  @AfterEach
  void stopAll() {
    server.stop();
    vertx.close().await();
  }

  @Test
  void theLetterArrivesAsItWasWritten() throws Exception {
    send(smtp(Optional.empty(), SmtpSettings.Tls.NONE), "Zoë 🚀").await();

    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getSubject()).isEqualTo("Welcome to Usher, Zoë 🚀");
    assertThat(((InternetAddress) mail.getAllRecipients()[0]).getPersonal()).isEqualTo("Zoë 🚀");
    assertThat(mail.getMessageID()).isEqualTo("<signup_1.welcome-email@example.com>");
  }

  @Test
  void manyLettersShareTheConnections() {
    Smtp smtp = smtp(Optional.empty(), SmtpSettings.Tls.NONE);
    List<Future<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add(send(smtp, "Ada"));
    }

    Future.all(sent).await();

    assertThat(server.getReceivedMessages()).hasSize(50);
  }

  @Test
  void logsInWithTheRightPassword() {
    server.getUserManager().setAuthRequired(true);
    server.setUser("usher", "secret");

    send(smtp(Optional.of("secret"), SmtpSettings.Tls.NONE), "Ada").await();

    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aWrongPasswordIsAnotherAttempt() {
    server.getUserManager().setAuthRequired(true);
    server.setUser("usher", "secret");

    assertThatThrownBy(() -> send(smtp(Optional.of("wrong"), SmtpSettings.Tls.NONE), "Ada").await())
        .isInstanceOf(NotSent.class)
        .hasMessageStartingWith("the SMTP server answered 535")
        .hasMessageEndingWith("to AUTH");
  }

  @Test
  void aServerWithoutEncryptionIsNotUsedWhereItIsAskedFor() {
    assertThatThrownBy(() -> send(smtp(Optional.empty(), SmtpSettings.Tls.STARTTLS), "Ada").await())
        .isInstanceOf(NotSent.class)
        .hasMessageEndingWith("STARTTLS required but not supported by server");
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private Future<Void> send(Smtp smtp, String name) {
    Mailbox person = Mailbox.of(name, "ada@example.org");
    String delivery = "signup_1.welcome-email";
    return smtp.send(delivery, letter.to(person, delivery), LONG);
  }

  private Smtp smtp(Optional<String> password, SmtpSettings.Tls tls) {
    return new Smtp(
        vertx,
        new SmtpSettings(
            "127.0.0.1",
            server.getSmtp().getPort(),
            tls,
            password.map(any -> "usher"),
            password,
            10,
            LONG,
            Optional.empty()));
  }
}
