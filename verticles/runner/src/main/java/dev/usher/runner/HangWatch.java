package dev.usher.runner;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which handler blocks its event loop: the gateways stop sending to it by themselves, as it
 * does not announce itself any more, but somebody has to know why. For one thread, which looks
 * about once a second.
 */
final class HangWatch {

  /** As long as Vert.x waits before it shows what a blocked thread does. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HangWatch.class);

  private final LongSupplier nanoTime;
  private final Map<Part, Turn> turns = new HashMap<>();

  /** A turn of an event loop that was asked for. */
  private static final class Turn {
    private final long asked;
    private volatile boolean isDone;
    private boolean isTold;

    private Turn(long asked) {
      this.asked = asked;
    }
  }

  HangWatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Looks after these parts; others are forgotten. */
  void look(List<Part> parts) {
    turns.keySet().retainAll(new HashSet<>(parts));
    parts.forEach(this::look);
  }

  /** Whether it hangs, as of the last look. */
  boolean hangs(Part part) {
    Turn turn = turns.get(part);
    return turn != null && turn.isTold;
  }

  private void look(Part part) {
    Turn turn = turns.get(part);
    if (turn == null) {
      ask(part);
    } else if (turn.isDone) {
      if (turn.isTold) {
        LOG.info("{} runs again", part.what());
      }
      ask(part);
    } else if (!turn.isTold && nanoTime.getAsLong() - turn.asked >= PATIENCE.toNanos()) {
      turn.isTold = true;
      LOG.error(
          "{} hangs: it has blocked its event loop for {} s, and takes no deliveries until it lets"
              + " go; code that blocks belongs in a BlockingSignupHandler",
          part.what(),
          PATIENCE.toSeconds());
    }
  }

  private void ask(Part part) {
    Turn turn = new Turn(nanoTime.getAsLong());
    turns.put(part, turn);
    part.turn().get().onComplete(done -> turn.isDone = true);
  }
}
