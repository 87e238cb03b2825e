package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The connection is to an address, but the certificate must be for the name in the URL. */
@Timeout(120)
class WebhookTlsIT {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;

  private final LinkedBlockingQueue<String> namesSeen = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server =
        TwoMembers.await(
            vertx
                .createHttpServer(
                    new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(key()))
                .requestHandler(
                    request -> {
                      namesSeen.add(request.connection().indicatedServerName());
                      request.response().end();
                    })
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    var unused = TwoMembers.await(vertx.close());
  }

  @Test
  void nameOfTheUrlIsAskedForAndMustBeInTheCertificate() {
    try (OneWebhook webhook =
        new OneWebhook(vertx, true, new HttpClientOptions().setTrustOptions(key()))) {
      webhook.name("crm.example", "127.0.0.1").name("other.example", "127.0.0.1");

      assertThat(webhook.at(url("crm.example")).sent().outcome()).isEqualTo(Outcome.SUCCEEDED);
      Ending other = webhook.at(url("other.example")).sent();

      assertThat(other.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(other.text()).startsWith("no TLS with other.example: ");
      assertThat(namesSeen).containsExactly("crm.example");
    }
  }

  @Test
  void certificateOfNobodyKnownIsRefused() {
    try (OneWebhook webhook = new OneWebhook(vertx, true, new HttpClientOptions())) {
      webhook.name("crm.example", "127.0.0.1");

      Ending ending = webhook.at(url("crm.example")).sent();

      assertThat(ending.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(ending.text()).startsWith("no TLS with crm.example: ");
      assertThat(namesSeen).isEmpty();
    }
  }

  private String url(String host) {
    return "https://" + host + ":" + server.actualPort();
  }

  private static PfxOptions key() {
    return new PfxOptions().setPath(store().toString()).setPassword(PASSWORD);
  }

  private static synchronized Path store() {
    Path store = folder.resolve("key.p12");
    if (!store.toFile().exists()) {
      keytool(store);
    }
    return store;
  }

  private static void keytool(Path store) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-ext",
            "san=dns:crm.example",
            "-alias",
            "key",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
