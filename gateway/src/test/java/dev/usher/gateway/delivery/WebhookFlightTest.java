package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookFlightTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String SECRET = "whsec_" + "A".repeat(32);

  private final ManualLoop loop = new ManualLoop();
  private final List<Ending> endings = new ArrayList<>();
  private final Promise<HttpClientRequest> connection = Promise.promise();

  /** An outage of the network looks like this: after five of them the action goes carefully. */
  @Test
  void connectionThatDoesNotComeAboutInTimeMeansThatNobodyWasReached() {
    begin();

    loop.advance(TIMEOUT);

    assertThat(endings)
        .containsExactly(Ending.unreachable("no connection to crm.example.com within 10000 ms"));
  }

  @Test
  void connectionThatFailsLaterChangesNothing() {
    begin();
    loop.advance(TIMEOUT);

    connection.fail("refused at last");

    assertThat(endings).hasSize(1);
  }

  private void begin() {
    Webhook webhook = new Webhook(URI.create("https://crm.example.com/hooks"), List.of(SECRET));
    Action crm =
        new Action("crm", true, "crm", webhook.address(), Duration.ZERO, AttemptPolicy.DEFAULT);
    Signup signup = new Signup(1, "signup_1", Instant.EPOCH, new byte[] {'{', '}'});
    Attempt attempt =
        new Attempt(
            Delivery.planned(signup, crm).started(loop.now()),
            () -> "webhook",
            loop.now(),
            loop.nanos(),
            TIMEOUT);
    new WebhookFlight(attempt, webhook, Buffer.buffer("{}"), loop, endings::add)
        .begin(connection.future());
  }
}
