package dev.usher.handler;

import dev.usher.wire.OutcomeFrame;
import dev.usher.wire.OutcomeFrame.Verdict;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, whichever attempts it is told to.
 *
 * @param retryAfterMs shortest wait before the next attempt, or {@link OutcomeFrame#NO_RETRY_AFTER}
 * @param text the result (JSON) of a success, the reason of anything else; may be empty
 */
record Outcome(Verdict verdict, long retryAfterMs, String text) {

  static Outcome succeeded(String result) {
    return new Outcome(Verdict.SUCCEEDED, OutcomeFrame.NO_RETRY_AFTER, result);
  }

  static Outcome refused(String reason) {
    return new Outcome(Verdict.REFUSED, OutcomeFrame.NO_RETRY_AFTER, reason);
  }

  static Outcome failed(@Nullable Throwable thrown) {
    Throwable failure = unwrap(thrown);
    if (failure instanceof Rejected) {
      return new Outcome(Verdict.REJECTED, OutcomeFrame.NO_RETRY_AFTER, Reason.message(failure));
    }
    if (failure instanceof RetryLater later) {
      return new Outcome(Verdict.FAILED, later.after().toMillis(), Reason.message(failure));
    }
    if (failure instanceof Refused) {
      return refused(Reason.message(failure));
    }
    return new Outcome(Verdict.FAILED, OutcomeFrame.NO_RETRY_AFTER, Reason.of(failure));
  }

  /** Whether a later attempt of the same delivery would end the same way. */
  boolean isSuccess() {
    return verdict == Verdict.SUCCEEDED;
  }

  Outcome withoutText() {
    return new Outcome(verdict, retryAfterMs, "");
  }

  OutcomeFrame.Item of(String delivery, int attempt) {
    return new OutcomeFrame.Item(delivery, attempt, verdict, retryAfterMs, text);
  }

  /** A future that came from a CompletionStage wraps what the handler threw. */
  static Throwable unwrap(@Nullable Throwable thrown) {
    if (thrown == null) {
      return new IllegalStateException("failed without a cause");
    }
    boolean isWrapper =
        thrown instanceof CompletionException || thrown instanceof ExecutionException;
    return isWrapper && thrown.getCause() != null ? thrown.getCause() : thrown;
  }
}
