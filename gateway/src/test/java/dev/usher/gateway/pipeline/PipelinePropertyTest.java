package dev.usher.gateway.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories over the whole pipeline on the real tables. A failing one names its seed; {@code
 * -Dseed=} repeats it.
 */
class PipelinePropertyTest {

  private static final int SEEDS = 200;

  @TempDir Path folder;

  @Test
  void everyHistoryEndsWithNothingLostAndBooksThatBalance() {
    Long only = Long.getLong("seed");
    long first = only == null ? new Random().nextInt(1_000_000) : only;
    LongStream.range(first, only == null ? first + SEEDS : only + 1).forEach(this::play);
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
