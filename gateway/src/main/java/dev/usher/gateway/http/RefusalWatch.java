package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Refusal;
import dev.usher.gateway.pipeline.RefusalCounts;
import io.vertx.ext.web.RoutingContext;

/** Counts the refused among the signups that were sent, by the status of their answer. */
final class RefusalWatch {

  private final RefusalCounts counts;

  RefusalWatch(RefusalCounts counts) {
    this.counts = counts;
  }

  /** Counts this request, if it is going to be refused. */
  void begin(RoutingContext request) {
    var unused = request.addBodyEndHandler(ended -> count(request.response().getStatusCode()));
    request.next();
  }

  /** Counts one that is answered with something else than this status. */
  void count(int status) {
    if (status >= 400) {
      counts.count(refusal(status));
    }
  }

  private static Refusal refusal(int status) {
    return switch (status) {
      case 429 -> Refusal.LIMIT;
      case 503 -> Refusal.OVERLOADED;
      default -> status < 500 ? Refusal.INVALID : Refusal.FAULT;
    };
  }
}
