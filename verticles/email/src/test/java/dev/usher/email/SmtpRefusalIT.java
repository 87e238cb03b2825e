package dev.usher.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.usher.email.fixture.ScriptedSmtpServer;
import dev.usher.handler.Rejected;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a letter when the server says no, or nothing. */
class SmtpRefusalIT {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(400);

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedSmtpServer server = new ScriptedSmtpServer(vertx);
  private final WelcomeLetter letter =
      new WelcomeLetter(
          Mailbox.parse("welcome@example.com"), "Usher", new Templates(Optional.empty()));

  @AfterEach
  void closeVertx() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 <ada@example.org> unknown, the SMTP server answered 550 5.1.1 to RCPT TO",
    "RCPT, 550 ada@example.org who?, the SMTP server answered 550 to RCPT TO",
    "RCPT, 501 5.1.3 bad address, the SMTP server answered 501 5.1.3 to RCPT TO",
    "RCPT, 553 no, the SMTP server answered 553 to RCPT TO",
    "RCPT, 556 5.1.10 null MX, the SMTP server answered 556 5.1.10 to RCPT TO",
    "DATA, 554 5.5.1 no valid recipients, the SMTP server answered 554 5.5.1 to DATA",
    "CONTENT, 554 5.6.0 no, the SMTP server answered 554 5.6.0 to the message",
    "CONTENT, 552 5.3.4 too big, the SMTP server answered 552 5.3.4 to the message"
  })
  void aPermanentNoToPersonOrContentIsRejected(String step, String answer, String reason) {
    server.answer(step, answer);

    assertThat(failure(smtp(LONG), LONG)).isInstanceOf(Rejected.class).hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT, 554 5.3.2 go away, the SMTP server answered 554 5.3.2 to the greeting",
    "CONNECT, 421 4.3.2 later, the SMTP server answered 421 4.3.2 to the greeting",
    "MAIL, 550 5.1.8 bad sender, the SMTP server answered 550 5.1.8 to MAIL FROM",
    "MAIL, 530 5.7.0 log in first, the SMTP server answered 530 5.7.0 to MAIL FROM",
    "RCPT, 450 4.2.0 <ada@example.org> greylisted, the SMTP server answered 450 4.2.0 to RCPT TO",
    "RCPT, 451 4.7.1 later, the SMTP server answered 451 4.7.1 to RCPT TO",
    "RCPT, 552 5.2.2 mailbox full, the SMTP server answered 552 5.2.2 to RCPT TO",
    "RCPT, 554 5.7.1 relay denied, the SMTP server answered 554 5.7.1 to RCPT TO",
    "DATA, 451 4.3.0 later, the SMTP server answered 451 4.3.0 to DATA",
    "CONTENT, 452 4.3.1 disk full, the SMTP server answered 452 4.3.1 to the message",
    "CONTENT, 550 5.7.26 no DMARC, the SMTP server answered 550 5.7.26 to the message",
    "RCPT, nonsense, the SMTP server answered 500 to RCPT TO"
  })
  void anyOtherNoIsAnotherAttempt(String step, String answer, String reason) {
    server.answer(step, answer);

    assertThat(failure(smtp(LONG), LONG)).isInstanceOf(NotSent.class).hasMessage(reason);
  }

  @ParameterizedTest
  @CsvSource({"CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT"})
  void silenceEndsWithTheTimeOfTheLetter(String step) {
    server.answer(step, ScriptedSmtpServer.SILENCE);
    long start = System.nanoTime();

    assertThat(failure(smtp(LONG), SHORT))
        .isInstanceOf(NotSent.class)
        .hasMessageEndingWith("did not take the letter in time");

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(SHORT.minusMillis(50), LONG.dividedBy(2));
  }

  @Test
  void silenceEndsWithTheTimeOfTheSetting() {
    server.answer("RCPT", ScriptedSmtpServer.SILENCE);
    long start = System.nanoTime();

    assertThat(failure(smtp(SHORT), LONG)).isInstanceOf(NotSent.class);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
  }

  @Test
  void aRefusedConnectionFailsAtOnce() throws Exception {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }

    assertThat(failure(smtp(closedPort, LONG, 10), LONG))
        .isInstanceOf(NotSent.class)
        .hasMessageStartingWith("the SMTP server 127.0.0.1:" + closedPort + " can't be used: ");
  }

  @Test
  void noTimeLeftMeansNoTry() {
    assertThat(failure(smtp(LONG), Duration.ofMillis(-5))).isInstanceOf(NotSent.class);

    assertThat(server.count("CONNECT")).isZero();
  }

  @Test
  void aLetterThatWaitedTooLongIsNeverSent() throws Exception {
    server.answer("CONTENT", ScriptedSmtpServer.SILENCE);
    Smtp smtp = smtp(server.port(), Duration.ofSeconds(1), 1);
    Future<Void> first = send(smtp, LONG);
    server.awaitStep("CONTENT");
    List<Future<Void>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(send(smtp, Duration.ofMillis(50)));
    }

    assertThat(catchThrowable(() -> Future.join(waiting).await())).isInstanceOf(NotSent.class);
    server.forget();
    assertThat(catchThrowable(first::await)).isInstanceOf(NotSent.class);

    send(smtp, LONG).recover(busy -> send(smtp, LONG)).await();
    assertThat(server.count("MAIL")).isEqualTo(2);
  }

  @Test
  void aServerThatComesBackIsUsedAgain() {
    Smtp smtp = smtp(LONG);
    server.answer("RCPT", "451 4.3.0 later");
    assertThat(failure(smtp, LONG)).isInstanceOf(NotSent.class);

    server.forget();

    send(smtp, LONG).await();
    assertThat(server.count("CONTENT")).isEqualTo(1);
  }

  private Smtp smtp(Duration timeout) {
    return smtp(server.port(), timeout, 10);
  }

  private Smtp smtp(int port, Duration timeout, int pool) {
    return new Smtp(
        vertx,
        new SmtpSettings(
            "127.0.0.1",
            port,
            SmtpSettings.Tls.NONE,
            Optional.empty(),
            Optional.empty(),
            pool,
            timeout,
            Optional.empty()));
  }

  private Future<Void> send(Smtp smtp, Duration within) {
    Mailbox person = Mailbox.of("Ada", "ada@example.org");
    return smtp.send("signup_1.x", letter.to(person, "signup_1.x"), within);
  }

  private Throwable failure(Smtp smtp, Duration within) {
    return catchThrowable(() -> send(smtp, within).await());
  }
}
