package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Receipt;
import dev.usher.gateway.pipeline.SignupState;
import dev.usher.gateway.pipeline.Wait;
import dev.usher.gateway.pipeline.Watchers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The answer to an accepted signup: at once, or with {@code Prefer: wait=N} when it is decided
 * whether it completes or fails, but after N seconds at the latest. Thread-safe.
 */
final class WaitedAnswer {

  /** Each holds a connection and its request; who comes when all are taken is answered at once. */
  static final int MOST = 2_000;

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final String APPLIED = "Preference-Applied";

  private final Watchers watchers;
  private final Duration longest;
  private final Seats seats = new Seats(MOST);

  /**
   * Holds none yet.
   *
   * @param idleTimeout when a silent connection is closed; an answer must come before
   */
  WaitedAnswer(Watchers watchers, Duration idleTimeout) {
    this.watchers = watchers;
    Duration safe = idleTimeout.multipliedBy(4).dividedBy(5);
    this.longest = safe.compareTo(LONGEST) < 0 ? safe : LONGEST;
  }

  void answer(RoutingContext request, Receipt receipt) {
    Optional<Duration> wanted = PreferredWait.of(request.request());
    if (wanted.isEmpty() || !seats.take()) {
      end(request, 202, receipt);
    } else {
      hold(request, receipt, wanted.get());
    }
  }

  private void hold(RoutingContext request, Receipt receipt, Duration wanted) {
    Duration limit = wanted.compareTo(longest) < 0 ? wanted : longest;
    Wait wait = watchers.await(receipt, limit);
    HttpServerResponse response = request.response();
    response.closeHandler(gone -> wait.cancel());
    if (response.closed()) {
      wait.cancel();
    }
    var unused =
        wait.answer()
            .onSuccess(
                latest -> {
                  seats.giveBack();
                  if (!response.closed()) {
                    response.putHeader(APPLIED, "wait=" + wholeSeconds(limit));
                    int status = latest.state() == SignupState.COMPLETED ? 201 : 202;
                    end(request, status, latest);
                  }
                });
  }

  /** How many are held. */
  int held() {
    return seats.taken();
  }

  private static void end(RoutingContext request, int status, Receipt receipt) {
    request.response().putHeader(HttpHeaders.LOCATION, PublicApi.path(receipt.id()));
    Answers.json(request, status, ReceiptJson.of(receipt));
  }

  private static long wholeSeconds(Duration limit) {
    return limit.plusMillis(999).toSeconds();
  }
}
