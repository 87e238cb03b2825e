package dev.usher.gateway.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for whoever watches something long; nothing where nobody does. */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 78;
  private static final int EVERY_MS = 200;
  private static final int KIB = 1_024;

  private final ProgressBar bar;

  /** Begins at {@code done} of {@code total}. */
  Progress(Console console, String what, long done, long total) {
    bar = builder(console, what, total).startsFrom(done, Duration.ZERO).build();
  }

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /** Through so many bytes from their beginning; a negative number where nobody knows how many. */
  static Progress ofBytes(Console console, String what, long total) {
    return new Progress(builder(console, what, total).setUnit(" KiB", KIB).build());
  }

  private static ProgressBarBuilder builder(Console console, String what, long total) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(EVERY_MS)
        .setConsumer(
            console.isTerminal()
                ? new ConsoleProgressBarConsumer(console.err(), WIDTH)
                : new DelegatingProgressBarConsumer(unseen -> {}));
  }

  void at(long done) {
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
