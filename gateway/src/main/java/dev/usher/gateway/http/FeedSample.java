package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Budget;
import dev.usher.gateway.pipeline.News;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which news go into the feed when there are more than anybody can read: a few of each sort a
 * second, and of a signup that was told of, its end too. Lives on the pipeline's loop.
 */
final class FeedSample {

  /** News of signups a second, and of dead letters as many. */
  static final int A_SECOND = 50;

  private static final int REMEMBERED = 2_000;

  private final Budget signups = new Budget(A_SECOND);
  private final Budget letters = new Budget(A_SECOND);
  private final AtomicLong skipped = new AtomicLong();
  private final Set<String> begun =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** Whether these are told. */
  boolean lets(News news, long nanos) {
    boolean isTold = decide(news, nanos);
    if (!isTold) {
      skipped.incrementAndGet();
    }
    return isTold;
  }

  /** How many were not told since this was last asked; from any thread. */
  long takeSkipped() {
    return skipped.getAndSet(0);
  }

  private boolean decide(News news, long nanos) {
    return switch (news.kind()) {
      case SIGNUP_ACCEPTED -> signups.spend(nanos) && remember(news);
      case SIGNUP_COMPLETED, SIGNUP_FAILED, SIGNUP_ERASED -> forget(news) || signups.spend(nanos);
      case DELIVERY_DEAD -> letters.spend(nanos);
      case HANDLER_JOINED, HANDLER_LEFT, CONFIG_CHANGED -> true;
    };
  }

  private boolean remember(News news) {
    if (news instanceof News.OfSignup signup) {
      begun.add(signup.signup());
    }
    return true;
  }

  private boolean forget(News news) {
    return news instanceof News.OfSignup signup && begun.remove(signup.signup());
  }
}
