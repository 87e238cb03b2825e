package dev.usher.gateway.cli;

import java.time.Duration;

/** How far an import is, on one line that is written over; only where a person looks on. */
final class ImportProgress {

  private static final long EVERY_NANOS = Duration.ofMillis(200).toNanos();

  private final Console console;
  private final long begin = System.nanoTime();
  private long shown = begin - EVERY_NANOS;
  private boolean isOpen;

  ImportProgress(Console console) {
    this.console = console;
  }

  void show(ImportTally tally) {
    long now = System.nanoTime();
    if (console.isTerminal() && now - shown >= EVERY_NANOS) {
      shown = now;
      isOpen = true;
      long perSecond = (long) (tally.lines() / Math.max(0.001, (now - begin) / 1e9));
      console.err().print("\r" + tally.words() + " (" + perSecond + "/s)");
      console.err().flush();
    }
  }

  void end() {
    if (isOpen) {
      console.err().println();
    }
  }
}
