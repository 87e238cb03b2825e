package dev.usher.gateway.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories over the whole pipeline on the real tables. A failing one names its seed; {@code
 * -Dseed=} repeats it, {@code -Dseeds=} plays that many, however long it takes.
 */
class PipelinePropertyTest {

  private static final int SEEDS = 400;

  /** A slow machine plays fewer. */
  private static final long ENOUGH_NANOS = TimeUnit.SECONDS.toNanos(20);

  @TempDir Path folder;

  @Test
  void everyHistoryEndsWithNothingLostAndBooksThatBalance() {
    Long only = Long.getLong("seed");
    Integer all = Integer.getInteger("seeds");
    if (only != null) {
      play(only);
      return;
    }
    long first = new Random().nextInt(1_000_000);
    long end = System.nanoTime() + ENOUGH_NANOS;
    for (int i = 0; i < (all == null ? SEEDS : all); i++) {
      if (all == null && System.nanoTime() > end) {
        break;
      }
      play(first + i);
    }
  }

  private void play(long seed) {
    Path place = folder.resolve(Long.toString(seed));
    try {
      Files.createDirectory(place);
      try (History history = new History(place, new Random(seed))) {
        history.play();
        history.heal();
        history.check();
      }
    } catch (AssertionError | RuntimeException | IOException | SQLException e) {
      throw new AssertionError("history of seed " + seed + " (repeat with -Dseed=" + seed + ")", e);
    }
  }
}
