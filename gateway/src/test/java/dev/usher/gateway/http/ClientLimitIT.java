package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.Client;
import dev.usher.gateway.http.fixture.OpenPorts;
import dev.usher.gateway.http.fixture.Reply;
import dev.usher.gateway.pipeline.Rate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientLimitIT {

  @TempDir private Path folder;

  @Test
  void oneMoreThanALimitIsToldWhenToComeBack() throws Exception {
    try (OpenPorts ports = ports(List.of())) {
      assertThat(post(ports, "X: y").status()).isEqualTo(202);
      Reply refused = post(ports, "X: y");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("too-many");
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3_500, 3_600);
      assertThat(ports.accepted()).isEqualTo(1);
    }
  }

  @Test
  void nobodyGetsAroundItByNamingOtherAddresses() throws Exception {
    try (OpenPorts ports = ports(List.of())) {
      post(ports, "X-Forwarded-For: 192.0.2.1");

      assertThat(post(ports, "X-Forwarded-For: 192.0.2.2").status()).isEqualTo(429);
      assertThat(post(ports, "Forwarded: for=192.0.2.3").status()).isEqualTo(429);
    }
  }

  @Test
  void aTrustedProxySaysWhoTheClientIsAndNobodyBehindItCanSayMore() throws Exception {
    try (OpenPorts ports = ports(List.of("127.0.0.0/8", "10.0.0.0/8"))) {
      assertThat(post(ports, "X-Forwarded-For: 192.0.2.1").status()).isEqualTo(202);
      assertThat(post(ports, "X-Forwarded-For: 192.0.2.2:4711, 10.0.0.9").status()).isEqualTo(202);
      assertThat(post(ports, "Forwarded: for=\"[2001:db8::1]:80\";proto=https").status())
          .isEqualTo(202);

      assertThat(post(ports, "X-Forwarded-For: 198.51.100.7, 192.0.2.1").status()).isEqualTo(429);
      assertThat(post(ports, "X-Forwarded-For: 192.0.2.2").status()).isEqualTo(429);
      assertThat(post(ports, "Forwarded: for=\"[2001:db8::ffff]\"").status()).isEqualTo(429);
    }
  }

  @Test
  void receiptsAreNotLimited() throws Exception {
    try (OpenPorts ports = ports(List.of())) {
      String place = post(ports, "X: y").header("Location");

      assertThat(ports.client().call("GET", place).status()).isEqualTo(200);
    }
  }

  private OpenPorts ports(List<String> proxies) throws Exception {
    return OpenPorts.in(
        folder,
        new IntakeRules(
            OpenPorts.BODY_LIMIT,
            Long.MAX_VALUE,
            FormPages.NONE,
            List.of(),
            Optional.of(new Rate(1, Duration.ofHours(1))),
            proxies));
  }

  private static Reply post(OpenPorts ports, String header) throws IOException {
    return ports
        .client()
        .post(
            Client.SIGNUP.getBytes(StandardCharsets.UTF_8),
            "Content-Type: application/json",
            header);
  }
}
