package dev.usher.bridge;

import dev.usher.handler.Rejected;
import dev.usher.handler.RetryLater;
import dev.usher.handler.Signup;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The attempts that a client has and has not answered, by the address of their replies. For the
 * bridge's loop.
 */
final class Pending {

  /** What the addresses of replies begin with; nothing on the bus is called so. */
  static final String PREFIX = "usher.reply.";

  /** A client that forgets an attempt gets its slot back after so many of the time-outs. */
  private static final int PATIENCE = 10;

  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(365);

  private final Map<String, Attempt> attempts = new HashMap<>();
  private long last;

  private record Attempt(Promise<Object> outcome, long givenUpNanos) {

    boolean isGivenUp(long now) {
      if (givenUpNanos - now >= 0) {
        return false;
      }
      outcome.tryFail(new TimeoutException("never answered"));
      return true;
    }
  }

  /** Waits for the outcome; gives the address at which it is to be told. */
  String add(Signup signup, Promise<Object> outcome, long now) {
    String address = PREFIX + ++last;
    Duration patience = signup.timeLeft().multipliedBy(PATIENCE);
    long wait = Math.max(patience.toNanos(), LEAST_PATIENCE.toNanos());
    attempts.put(address, new Attempt(outcome, now + wait));
    return address;
  }

  int size() {
    return attempts.size();
  }

  /** Takes an answer; one that nobody waits for any more is dropped. */
  void answered(ClientFrame answer) {
    Attempt attempt = attempts.remove(answer.address());
    if (attempt != null) {
      tell(attempt.outcome, answer);
    }
  }

  /** Gives up on what no gateway has waited for in a long time. */
  void expire(long now) {
    attempts.values().removeIf(attempt -> attempt.isGivenUp(now));
  }

  /** Any plain answer is a success: a client can't fail a message but by this header. */
  private static void tell(Promise<Object> outcome, ClientFrame answer) {
    String word = answer.header("usher-outcome", "succeeded").toLowerCase(Locale.ROOT);
    String reason = answer.body() == null ? "no reason given" : String.valueOf(answer.body());
    switch (word) {
      case "succeeded" -> outcome.tryComplete(answer.body());
      case "rejected" -> outcome.tryFail(new Rejected(reason));
      case "retry" -> outcome.tryFail(new RetryLater(retryAfter(answer), reason));
      default ->
          outcome.tryFail(new RetryLater(Duration.ZERO, "unknown usher-outcome \"" + word + "\""));
    }
  }

  private static Duration retryAfter(ClientFrame answer) {
    try {
      double seconds = Double.parseDouble(answer.header("usher-retry-after", "0").strip());
      double longest = LONGEST_WAIT.toMillis();
      return Duration.ofMillis(
          (long) Math.min(longest, Math.max(0, seconds * TimeUnit.SECONDS.toMillis(1))));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
