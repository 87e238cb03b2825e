package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.wire.FailureCodes;
import dev.usher.wire.OutcomeFrame;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.Json;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What answers on the bus mean. */
final class Endings {

  private Endings() {}

  static Ending of(OutcomeFrame.Item item) {
    Duration retryAfter = Duration.ofMillis(Math.max(0, item.retryAfterMs()));
    return switch (item.verdict()) {
      case SUCCEEDED -> new Ending(Outcome.SUCCEEDED, item.text());
      case REJECTED -> new Ending(Outcome.REJECTED, item.text());
      case FAILED -> new Ending(Outcome.FAILED, retryAfter, item.text());
      case REFUSED -> new Ending(Outcome.REFUSED, item.text());
    };
  }

  /**
   * Any plain reply is a success, but for clients that can't fail a message and say so in a header.
   */
  static Ending of(Message<Object> reply) {
    String outcome = reply.headers().get("usher-outcome");
    if (outcome == null) {
      return new Ending(Outcome.SUCCEEDED, json(reply.body()));
    }
    String reason = String.valueOf(reply.body());
    return switch (outcome.toLowerCase(Locale.ROOT)) {
      case "rejected" -> new Ending(Outcome.REJECTED, reason);
      case "retry" -> new Ending(Outcome.FAILED, retryAfter(reply.headers()), reason);
      default -> new Ending(Outcome.FAILED, "unknown usher-outcome " + outcome);
    };
  }

  static Ending of(Throwable failure) {
    if (!(failure instanceof ReplyException reply)) {
      return new Ending(Outcome.FAILED, String.valueOf(failure.getMessage()));
    }
    String reason = String.valueOf(reply.getMessage());
    return switch (reply.failureType()) {
      case NO_HANDLERS -> new Ending(Outcome.REFUSED, reason);
      case TIMEOUT -> new Ending(wasNeverSeen(reply) ? Outcome.REFUSED : Outcome.TIMED_OUT, reason);
      case RECIPIENT_FAILURE -> {
        boolean isRejected = FailureCodes.isRejection(reply.failureCode());
        yield new Ending(isRejected ? Outcome.REJECTED : Outcome.FAILED, reason);
      }
      case ERROR -> new Ending(Outcome.FAILED, reason);
    };
  }

  static boolean isNobodyThere(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }

  /** The consumer was undeployed with the message still in its queue. */
  private static boolean wasNeverSeen(ReplyException reply) {
    return String.valueOf(reply.getMessage()).startsWith("Discarded the request");
  }

  private static Duration retryAfter(MultiMap headers) {
    try {
      String seconds = headers.get("usher-retry-after");
      return seconds == null ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(seconds.strip()));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  private static String json(@Nullable Object body) {
    if (body == null) {
      return "";
    }
    return body instanceof Buffer bytes ? Json.encode(bytes.toString()) : Json.encode(body);
  }
}
