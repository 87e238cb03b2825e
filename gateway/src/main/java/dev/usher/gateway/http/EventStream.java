package dev.usher.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Server-sent events on one response. What a slow reader can't take is its owner's to keep or to
 * drop: nothing queues here but what the socket holds. A reader that takes nothing at all is cut
 * off by the idle time-out, as heartbeats then stop. Lives on the context that opened it.
 */
final class EventStream {

  /** Often enough for proxies, which mostly cut a silent connection after a minute. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Buffer COMMENT = Buffer.buffer(":\n\n");

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final long heartbeat;
  private boolean isOver;

  private EventStream(RoutingContext request, Duration idleTimeout, Runnable onClose) {
    vertx = request.vertx();
    response = request.response();
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Accel-Buffering", "no");
    heartbeat = vertx.setPeriodic(interval(idleTimeout), tick -> beat());
    response.closeHandler(
        gone -> {
          stop();
          onClose.run();
        });
    beat();
  }

  /**
   * Begins the answer.
   *
   * @param idleTimeout when a silent connection is closed; heartbeats come more often
   * @param onClose runs once the reader or this side has ended it
   */
  static EventStream open(RoutingContext request, Duration idleTimeout, Runnable onClose) {
    return new EventStream(request, idleTimeout, onClose);
  }

  /** The context of a request, where its stream is to live. */
  static Context context(RoutingContext request) {
    return request.vertx().getOrCreateContext();
  }

  /** One event; the data must be one line. */
  static Buffer event(String id, String name, Buffer data) {
    Buffer event = Buffer.buffer("id: " + id + "\n");
    if (!name.isEmpty()) {
      event.appendString("event: " + name + "\n");
    }
    return event.appendString("data: ").appendBuffer(data).appendString("\n\n");
  }

  /** Sends an event, unless the reader can't take one now; {@link #onReady} then says when. */
  boolean write(Buffer event) {
    if (isOver || response.closed() || response.writeQueueFull()) {
      return false;
    }
    var unused = response.write(event);
    return true;
  }

  /** Runs whenever a reader that could take nothing can again. */
  void onReady(Runnable ready) {
    response.drainHandler(drained -> ready.run());
  }

  boolean isOver() {
    return isOver;
  }

  /** Ends it from this side. */
  void end() {
    if (!isOver) {
      stop();
      var unused = response.end();
    }
  }

  private void beat() {
    // A reader that can't take it hears nothing, and is cut off for that in the end.
    var unused = write(COMMENT);
  }

  private void stop() {
    isOver = true;
    vertx.cancelTimer(heartbeat);
  }

  private static long interval(Duration idleTimeout) {
    long third = idleTimeout.toMillis() / 3;
    return Math.max(1, Math.min(third, HEARTBEAT.toMillis()));
  }
}
