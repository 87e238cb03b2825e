package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.pipeline.Rate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics tell how many signups were refused, and for whose sake. */
class RefusalIT {

  @TempDir private Path folder;

  @Test
  void everyRefusalIsToldFromTheStart() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      for (String reason : List.of("invalid", "limit", "overloaded", "fault")) {
        assertThat(refused(ports, reason)).as(reason).isEqualTo("0.0");
      }
    }
  }

  @Test
  void whatIsNoSignupIsTheClientsFault() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      Client client = ports.client();
      client.post("{");
      client.post("{}");
      client.post("x".repeat(OpenPorts.BODY_LIMIT + 1));
      client.call("POST", "/signups", "Content-Type: text/plain", "Content-Length: 0");
      client.post(Client.SIGNUP);
      client.call("GET", "/signups");

      assertThat(refused(ports, "invalid")).isEqualTo("4.0");
      assertThat(refused(ports, "overloaded")).isEqualTo("0.0");
    }
  }

  @Test
  void whatTheGatewayHasNoRoomForIsItsOwn() throws Exception {
    try (OpenPorts ports = OpenPorts.in(folder)) {
      ports.journal().takeDown();
      ports.client().post(Client.SIGNUP);
      ports.client().post(Client.SIGNUP);

      assertThat(refused(ports, "overloaded")).isEqualTo("2.0");
    }
  }

  @Test
  void aFormThatIsSentBackCountsAsWhatItIs() throws Exception {
    IntakeRules rules =
        new IntakeRules(
            OpenPorts.BODY_LIMIT,
            Long.MAX_VALUE,
            new FormPages(Optional.of("/"), Optional.of("/again")),
            List.of(),
            Optional.of(new Rate(2, Duration.ofHours(1))),
            List.of());
    try (OpenPorts ports = OpenPorts.in(folder, rules)) {
      form(ports, "a=%zz");
      form(ports, "username=Ada&email=ada%40example.com");
      form(ports, "username=Ada&email=ada%40example.com");

      assertThat(refused(ports, "invalid")).isEqualTo("1.0");
      assertThat(refused(ports, "limit")).isEqualTo("1.0");
    }
  }

  private static void form(OpenPorts ports, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ports.client().post(bytes, "Content-Type: application/x-www-form-urlencoded");
  }

  private static String refused(OpenPorts ports, String reason) throws IOException {
    String series = "usher_signups_refused_total{reason=\"" + reason + "\"} ";
    return ports
        .admin()
        .call("GET", "/metrics", "Authorization: Bearer " + OpenPorts.TOKEN)
        .body()
        .lines()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()))
        .findFirst()
        .orElse("not told");
  }
}
