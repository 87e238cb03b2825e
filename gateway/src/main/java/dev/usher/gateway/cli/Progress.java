package dev.usher.gateway.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for whoever watches something long; nothing where nobody does. */
final class Progress implements AutoCloseable {

  private static final int WIDTH = 78;
  private static final int EVERY_MS = 200;

  private final ProgressBar bar;

  /** Begins at {@code done} of {@code total}. */
  Progress(Console console, String what, long done, long total) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(EVERY_MS)
            .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
            .startsFrom(done, Duration.ZERO)
            .build();
  }

  void at(long done) {
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
