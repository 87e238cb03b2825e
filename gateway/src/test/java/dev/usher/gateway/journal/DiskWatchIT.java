package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchIT {

  @TempDir private Path folder;

  @Test
  void aJournalThatIsGoneIsNoSignOfAFullDisk() {
    DiskWatch disk = new DiskWatch(new Database(folder.resolve("gone.db")), 1);

    assertThat(disk.space().isLow()).isFalse();
    assertThat(disk.space().freeBytes()).isPositive();
  }

  @Test
  void lessRoomThanIsToBeKeptIsLow() {
    DiskWatch disk = new DiskWatch(new Database(folder.resolve("journal.db")), Long.MAX_VALUE);

    assertThat(disk.space().isLow()).isTrue();
  }
}
