package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Overloaded;
import dev.usher.gateway.pipeline.Receipt;
import dev.usher.gateway.pipeline.Watch;
import dev.usher.gateway.pipeline.Watcher;
import dev.usher.gateway.pipeline.Watchers;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /signups/{id}/events}: the receipt after each change, until the signup is settled. The
 * id of an event is the receipt's revision. A slow reader misses steps between, never the last one.
 */
final class SignupEvents {

  /** Each holds a connection. */
  static final int MOST = 1_000;

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int DONE = 204;

  private final Watchers watchers;
  private final Duration idleTimeout;
  private final Seats seats = new Seats(MOST);

  SignupEvents(Watchers watchers, Duration idleTimeout) {
    this.watchers = watchers;
    this.idleTimeout = idleTimeout;
  }

  void serve(RoutingContext request, String id) {
    if (!seats.take()) {
      Answers.failed(request, new Overloaded("too many streams are open", RETRY));
      return;
    }
    Follower follower = new Follower(request);
    var unused =
        watchers
            .watch(id, follower)
            .onSuccess(
                found ->
                    found.ifPresentOrElse(
                        follower::by, () -> follower.refuse(() -> notFound(request))))
            .onFailure(failure -> follower.refuse(() -> Answers.failed(request, failure)));
  }

  /** How many are open. */
  int open() {
    return seats.taken();
  }

  private static void notFound(RoutingContext request) {
    Answers.problem(request, Problem.of(404));
  }

  /** One reader; lives on the context of its request. */
  private final class Follower implements Watcher {

    private final RoutingContext request;
    private final Context context;
    private final boolean isReconnect;
    private long seen;
    private @Nullable EventStream stream;
    private @Nullable Receipt waiting;
    private @Nullable Watch watch;
    private boolean isOver;

    Follower(RoutingContext request) {
      this.request = request;
      this.context = EventStream.context(request);
      this.seen = LastEventId.number(request.request());
      this.isReconnect = seen >= 0;
    }

    @Override
    public void stands(Receipt receipt) {
      context.runOnContext(turn -> show(receipt));
    }

    @Override
    public void over() {
      context.runOnContext(turn -> end());
    }

    void by(Watch started) {
      context.runOnContext(
          turn -> {
            watch = started;
            if (isOver) {
              started.close();
            }
          });
    }

    void refuse(Runnable answer) {
      context.runOnContext(
          turn -> {
            leave();
            answer.run();
          });
    }

    private void show(Receipt receipt) {
      if (isOver || request.response().closed()) {
        leave();
      } else if (stream == null
          && isReconnect
          && receipt.isSettled()
          && receipt.revision() <= seen) {
        endForGood();
      } else {
        waiting = receipt.revision() > seen ? receipt : waiting;
        flush(receipt.isSettled());
      }
    }

    /** An EventSource comes back whenever a stream ends; this answer is the one that stops it. */
    private void endForGood() {
      leave();
      var unused =
          request
              .response()
              .setStatusCode(DONE)
              .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
              .end();
    }

    private void flush(boolean isLast) {
      EventStream out = open();
      Receipt next = waiting;
      if (next != null && out.write(event(next))) {
        seen = next.revision();
        waiting = null;
      }
      if (isLast && waiting == null) {
        end();
      }
    }

    private EventStream open() {
      if (stream == null) {
        stream = EventStream.open(request, idleTimeout, this::leave);
        stream.onReady(this::ready);
      }
      return stream;
    }

    private void ready() {
      Receipt next = waiting;
      if (next != null && !isOver) {
        flush(next.isSettled());
      }
    }

    private void end() {
      leave();
      if (stream != null) {
        stream.end();
      } else if (!request.response().ended()) {
        Answers.failed(request, new Overloaded("the gateway is shutting down", RETRY));
      }
    }

    private void leave() {
      if (!isOver) {
        isOver = true;
        seats.giveBack();
        if (watch != null) {
          watch.close();
        }
      }
    }
  }

  private static Buffer event(Receipt receipt) {
    return EventStream.event(
        Long.toString(receipt.revision()), "", Json.write(ReceiptJson.of(receipt)));
  }
}
