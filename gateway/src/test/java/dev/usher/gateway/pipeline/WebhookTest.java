package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:password@example.com/",
        "https://example.com/#part",
        "https://example.com:99999/",
        "https:///path",
        "file:///etc/passwd"
      })
  void whatIsNoPlainUrlIsRefused(String url) {
    assertThatThrownBy(() -> new Webhook(URI.create(url), List.of(SECRET)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("URL");
  }
}
