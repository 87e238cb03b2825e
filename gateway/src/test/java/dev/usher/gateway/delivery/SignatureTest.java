package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long SECONDS = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  @Test
  void theVectorOfStandardWebhooksComesOut() {
    assertThat(sign(SECRET)).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void everySecretSigns() {
    assertThat(sign(OTHER, SECRET)).isEqualTo(sign(OTHER) + " " + sign(SECRET));
  }

  @Test
  void theReferenceLibrarySignsTheSame() throws Exception {
    String reference =
        new com.standardwebhooks.Webhook(OTHER)
            .sign(ID, SECONDS, new String(BODY, StandardCharsets.UTF_8));

    assertThat(sign(OTHER)).isEqualTo(reference);
  }

  private static String sign(String... secrets) {
    Webhook webhook = new Webhook(URI.create("https://example.com"), List.of(secrets));
    return Signature.of(webhook.keys(), ID, SECONDS, BODY);
  }
}
