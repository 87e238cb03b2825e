package dev.usher.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.RudeSmtpServer;
import dev.usher.gateway.system.fixture.Signups;
import jakarta.mail.BodyPart;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The welcome mail by SMTP, with servers that are good, gone, refusing and silent. */
class MailIT {

  private static final int PORT = Cluster.freePort();

  /** Its own two seconds are short on a busy machine. */
  private static final long STARTUP_MS = 30_000;

  @RegisterExtension
  static final Cluster CLUSTER =
      new Cluster()
          .actions(
              "  welcome-email: { required: true, address: signup.email, timeout: 2s,",
              "    retry: { first: 300ms, factor: 2, max: 1s, giveUpAfter: 1h } }")
          .with("USHER_EMAIL_TRANSPORT", "smtp")
          .with("USHER_EMAIL_SMTP_HOST", "127.0.0.1")
          .with("USHER_EMAIL_SMTP_PORT", Integer.toString(PORT));

  private static GatewayClient client;

  @BeforeAll
  static void startGatewayAndEmail() {
    client = CLUSTER.startGateway().client();
    CLUSTER.launchEmail().awaitReady();
  }

  @Test
  void letterArrivesWithTheNameEscapedInItsHtml() throws Exception {
    GreenMail server = startServer();
    try {
      client.awaitCompleted(
          client.accept("{\"username\":\"<i>Ada</i>\",\"email\":\"ada@example.com\"}"));

      MimeMessage letter = letterTo(server, "ada@example.com");
      assertThat(letter.getSubject()).contains("Ada");
      assertThat(part(letter, "text/plain")).contains("Hello <i>Ada</i>, thanks for joining");
      assertThat(part(letter, "text/html"))
          .contains("&lt;i&gt;Ada&lt;/i&gt;", "thanks for joining")
          .doesNotContain("<i>");
    } finally {
      server.stop();
    }
  }

  @Test
  void letterWaitsWhileTheServerIsGoneAndIsSentWhenItIsBack() throws Exception {
    String id = client.accept(Signups.person("bob", ""));
    awaitBackoff(id);
    awaitFailedAttempts(id, 2);
    assertThat(client.state(id)).isEqualTo("open");

    GreenMail server = startServer();
    try {
      client.awaitCompleted(id);
      assertThat(part(letterTo(server, "bob@example.com"), "text/plain")).contains("Hello bob");
    } finally {
      server.stop();
    }
  }

  @Test
  void refusedRecipientEndsTheDeliveryAndTheSignupHasFailed() {
    try (RudeSmtpServer server = RudeSmtpServer.refusing(PORT)) {
      String id = client.accept(Signups.person("cy", ""));

      Await.until("it is dead", () -> client.state(id, "welcome-email").equals("dead"));
      assertThat(client.state(id)).isEqualTo("failed");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(column(id, "attempts || ' ' || cause || ' ' || reason"))
          .isEqualTo("1 rejected the SMTP server answered 550 5.1.1 to RCPT TO");
      assertThat(client.books().areBalanced()).isTrue();
    }
  }

  @Test
  void silentServerCostsATimeOutAndAnotherAttempt() throws Exception {
    String id;
    try (RudeSmtpServer server = RudeSmtpServer.silent(PORT)) {
      id = client.accept(Signups.person("dee", ""));
      awaitBackoff(id);
      awaitFailedAttempts(id, 1);
      assertThat(server.connections()).isPositive();
      assertThat(attemptReasons(id)).contains("in time");
    }
    GreenMail server = startServer();
    try {
      client.awaitCompleted(id);
      assertThat(part(letterTo(server, "dee@example.com"), "text/plain")).contains("Hello dee");
    } finally {
      server.stop();
    }
    assertThat(CLUSTER.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  private static GreenMail startServer() {
    ServerSetup setup = new ServerSetup(PORT, "127.0.0.1", "smtp");
    setup.setServerStartupTimeout(STARTUP_MS);
    GreenMail server = new GreenMail(setup);
    server.start();
    return server;
  }

  private static void awaitBackoff(String id) {
    Await.until(
        "it waits for another attempt",
        () -> client.waitingFor(id, "welcome-email").equals("backoff"));
  }

  private static void awaitFailedAttempts(String id, int attempts) {
    Await.until(
        attempts + " attempts have failed",
        () -> Integer.parseInt(column(id, "attempts")) > attempts - 1);
  }

  /** A column of the signup's only delivery. */
  private static String column(String id, String column) {
    String sql =
        "SELECT " + column + " FROM deliveries WHERE delivery = '" + id + ".welcome-email'";
    return CLUSTER.journal().query(sql).get(0);
  }

  /** Reasons of all its attempts, the superseded ones too. */
  private static String attemptReasons(String id) {
    String reasons =
        "SELECT %s.reason FROM %s JOIN signup USING (seq) WHERE signup.id = '" + id + "'";
    List<String> all = new ArrayList<>();
    all.addAll(CLUSTER.journal().query(reasons.replace("%s", "delivery")));
    all.addAll(CLUSTER.journal().query(reasons.replace("%s", "attempt")));
    return all.toString();
  }

  private static MimeMessage letterTo(GreenMail server, String address) throws Exception {
    List<MimeMessage> letters = new ArrayList<>();
    for (MimeMessage letter : server.getReceivedMessages()) {
      if (letter.getRecipients(RecipientType.TO)[0].toString().contains(address)) {
        letters.add(letter);
      }
    }
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  private static String part(MimeMessage letter, String type) throws Exception {
    Multipart parts = (Multipart) letter.getContent();
    for (int i = 0; i < parts.getCount(); i++) {
      BodyPart part = parts.getBodyPart(i);
      if (part.isMimeType(type)) {
        return (String) part.getContent();
      }
    }
    throw new AssertionError("no " + type);
  }
}
