package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.email.fixture.ScriptedSmtpServer;
import dev.usher.email.fixture.SelfSigned;
import dev.usher.email.fixture.StartTlsServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, and whom they trust. */
class SmtpTlsIT {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static SelfSigned certificate;

  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = SelfSigned.in(folder);
  }

  @AfterEach
  void closeVertx() {
    vertx.close().await();
  }

  @Test
  void startTlsEncryptsBeforeTheLetterIsSent() throws Exception {
    try (StartTlsServer server = new StartTlsServer(certificate)) {
      send(server.port(), SmtpSettings.Tls.STARTTLS, Optional.of(certificate.certificate()))
          .await();

      assertThat(server.encrypted()).contains("MAIL FROM:<welcome@example.com>", ".");
      assertThat(server.plain()).last().isEqualTo("STARTTLS");
    }
  }

  @Test
  void implicitTlsEncryptsFromTheBeginning() {
    ScriptedSmtpServer server = server();

    send(server.port(), SmtpSettings.Tls.IMPLICIT, Optional.of(certificate.certificate())).await();

    assertThat(server.count("CONTENT")).isEqualTo(1);
  }

  @Test
  void anUnknownCertificateGetsNoLetter() throws Exception {
    ScriptedSmtpServer implicit = server();
    assertThatThrownBy(
            () -> send(implicit.port(), SmtpSettings.Tls.IMPLICIT, Optional.empty()).await())
        .isInstanceOf(NotSent.class)
        .hasMessageContaining("can't be used: SSLHandshakeException");
    assertThat(implicit.count("MAIL")).isZero();

    try (StartTlsServer starting = new StartTlsServer(certificate)) {
      assertThatThrownBy(
              () -> send(starting.port(), SmtpSettings.Tls.STARTTLS, Optional.empty()).await())
          .isInstanceOf(NotSent.class)
          .hasMessageContaining("can't be used: SSLHandshakeException");
      assertThat(starting.encrypted()).isEmpty();
    }
  }

  private ScriptedSmtpServer server() {
    PfxOptions key =
        new PfxOptions().setPath(certificate.store().toString()).setPassword(SelfSigned.PASSWORD);
    NetServerOptions options = new NetServerOptions().setSsl(true).setKeyCertOptions(key);
    return new ScriptedSmtpServer(vertx, options);
  }

  private Future<Void> send(int port, SmtpSettings.Tls tls, Optional<Path> ca) {
    SmtpSettings settings =
        new SmtpSettings("127.0.0.1", port, tls, Optional.empty(), Optional.empty(), 10, LONG, ca);
    WelcomeLetter letter =
        new WelcomeLetter(
            Mailbox.parse("welcome@example.com"), "Usher", new Templates(Optional.empty()));
    Mailbox person = Mailbox.of("Ada", "ada@example.org");
    return new Smtp(vertx, settings).send("signup_1.x", letter.to(person, "signup_1.x"), LONG);
  }
}
