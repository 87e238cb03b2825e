package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossOriginIT {

  private static final String FRIEND = "Origin: https://www.example.com";
  private static final String STRANGER = "Origin: https://www.example.com.evil.example";

  @TempDir private Path folder;
  private OpenPorts ports;
  private Client client;

  @BeforeEach
  void open() throws Exception {
    ports =
        OpenPorts.in(
            folder,
            IntakeRules.of(
                OpenPorts.BODY_LIMIT, FormPages.NONE, List.of("https://www.example.com")));
    client = ports.client();
  }

  @AfterEach
  void close() throws Exception {
    ports.close();
  }

  @Test
  void aNamedOriginMayAskAndThenPost() throws IOException {
    Reply asked =
        client.call(
            "OPTIONS",
            "/signups",
            FRIEND,
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: content-type,idempotency-key");
    Reply posted = post(FRIEND);

    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("https://www.example.com");
    assertThat(asked.header("Access-Control-Allow-Methods")).contains("POST");
    assertThat(asked.header("Access-Control-Allow-Headers").toLowerCase(java.util.Locale.ROOT))
        .contains("idempotency-key");
    assertThat(posted.status()).isEqualTo(202);
    assertThat(posted.header("Access-Control-Allow-Origin")).isEqualTo("https://www.example.com");
    assertThat(posted.header("Access-Control-Expose-Headers")).contains("Location");
    assertThat(posted.headers()).doesNotContainKey("access-control-allow-credentials");
  }

  @Test
  void anotherOriginGetsNoPermission() throws IOException {
    Reply asked =
        client.call("OPTIONS", "/signups", STRANGER, "Access-Control-Request-Method: POST");
    Reply posted = post(STRANGER);

    assertThat(asked.status()).isEqualTo(405);
    assertThat(asked.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(posted.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(posted.header("Vary")).isEqualToIgnoringCase("origin");
  }

  @Test
  void refusalsCanBeReadToo() throws IOException {
    Reply refused =
        client.post(
            "{}".getBytes(StandardCharsets.UTF_8), "Content-Type: application/json", FRIEND);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://www.example.com");
  }

  private Reply post(String origin) throws IOException {
    return client.post(
        Client.SIGNUP.getBytes(StandardCharsets.UTF_8), "Content-Type: application/json", origin);
  }
}
