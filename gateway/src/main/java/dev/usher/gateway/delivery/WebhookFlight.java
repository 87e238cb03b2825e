package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a webhook, from the connection to the end of its answer. Before the request is
 * written whatever goes wrong is a failure: nobody has seen the delivery. After that, an answer
 * that does not come leaves the outcome unknown. Lives on the loop.
 */
final class WebhookFlight {

  private final Attempt attempt;
  private final Webhook webhook;
  private final Buffer event;
  private final Loop loop;
  private final Consumer<Ending> ended;
  private final Buffer body = Buffer.buffer();
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private Loop.@Nullable Timer timer;
  private boolean isSent;
  private boolean isOver;

  /**
   * Prepares an attempt.
   *
   * @param event the body of the request
   * @param ended hears of the end, once
   */
  WebhookFlight(Attempt attempt, Webhook webhook, Buffer event, Loop loop, Consumer<Ending> ended) {
    this.attempt = attempt;
    this.webhook = webhook;
    this.event = event;
    this.loop = loop;
    this.ended = ended;
  }

  /** Goes on once there is a connection; the clock runs from now. */
  void begin(Future<HttpClientRequest> connection) {
    timer = loop.after(attempt.timeout(), this::outOfTime);
    var unused =
        connection
            .compose(this::post)
            .onSuccess(this::read)
            .onFailure(failure -> over(isSent ? unanswered(failure) : unreachable(failure)));
  }

  private Future<HttpClientResponse> post(HttpClientRequest connected) {
    request = connected;
    if (isOver) {
      abandon();
      return Future.failedFuture("too late to send it");
    }
    WebhookRequest.headers(attempt, webhook, event, loop.now()).forEach(connected::putHeader);
    isSent = true;
    return connected.send(event);
  }

  private void read(HttpClientResponse answer) {
    response = answer;
    if (isOver) {
      return;
    }
    answer
        .handler(this::take)
        .exceptionHandler(brokenOff -> over(ending(answer, false)))
        .endHandler(end -> over(ending(answer, true)));
  }

  private void take(Buffer part) {
    if (isOver || response == null) {
      return;
    }
    int room = WebhookAnswer.MAX_BYTES - body.length();
    body.appendBuffer(part.length() > room ? part.slice(0, room) : part);
    if (part.length() > room) {
      over(ending(response, false));
      abandon();
    }
  }

  private Ending ending(HttpClientResponse answer, boolean isWhole) {
    return new WebhookAnswer(answer.statusCode(), answer.headers(), body, isWhole)
        .ending(loop.now());
  }

  private void outOfTime() {
    Ending late = response == null ? silence() : ending(response, false);
    over(late);
    abandon();
  }

  private Ending silence() {
    Duration timeout = attempt.timeout();
    return isSent
        ? new Ending(Outcome.TIMED_OUT, "no answer within " + timeout.toMillis() + " ms")
        : Ending.unreachable(
            "no connection to " + host() + " within " + timeout.toMillis() + " ms");
  }

  private Ending unreachable(Throwable failure) {
    return Ending.unreachable(WebhookRequest.reason(host(), failure));
  }

  private Ending unanswered(Throwable failure) {
    return new Ending(
        Outcome.LOST, "the connection ended without an answer (" + failure.getMessage() + ")");
  }

  private void over(Ending ending) {
    if (isOver) {
      return;
    }
    isOver = true;
    if (timer != null) {
      timer.cancel();
    }
    ended.accept(ending);
  }

  /** Closes the connection: what comes on it nobody waits for. */
  private void abandon() {
    if (request != null) {
      var unused = request.reset();
    }
  }

  private String host() {
    return webhook.url().getHost();
  }
}
