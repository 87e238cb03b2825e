package dev.usher.gateway.cli;

import dev.usher.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Puts a backup in the place of the journal; handed in by the main class. */
@FunctionalInterface
public interface JournalRestore {

  /**
   * What was done.
   *
   * @param journal the journal's file
   * @param aside where the one that was there before is now; empty where there was none
   * @param signups how many signups the restored one has ever accepted
   * @param newest when the last of them was accepted; empty where there is none
   * @param hasKey whether the journal's key is there
   * @param missing versions of deployed handlers whose file is neither there nor beside the backup
   */
  record Restored(
      Path journal,
      Optional<Path> aside,
      long signups,
      Optional<Instant> newest,
      boolean hasKey,
      List<String> missing) {}

  /**
   * Does it, while no gateway uses the data folder.
   *
   * @param config folder of the gateway's settings, which say where the journal is
   * @param data the data folder of all processes
   * @throws InvalidSettings when the settings can't be read
   * @throws IOException when a gateway uses the folder or the backup is not fit; nothing was
   *     changed
   */
  Restored restore(Path config, Path data, Path backup) throws InvalidSettings, IOException;
}
