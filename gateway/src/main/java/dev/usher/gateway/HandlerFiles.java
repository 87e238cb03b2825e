package dev.usher.gateway;

import dev.usher.gateway.deploy.ArtefactCopies;
import dev.usher.gateway.journal.SavedArtefacts;
import dev.usher.gateway.pipeline.Artefact;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The files that the versions in a journal need, carried from a gateway's folder to a backup and
 * back. Every method blocks.
 *
 * @param folder where they are now
 * @param versions how many versions the journal names
 * @param missing those whose file was nowhere to be found, as people call them
 */
record HandlerFiles(Path folder, int versions, List<String> missing) {

  /** Name of a gateway's own folder of them, in its data folder. */
  static final String FOLDER = "artefacts";

  /** Puts those that a backup needs beside it. */
  static HandlerFiles keptWith(Path backup, Path data) throws IOException {
    return brought(backup, data.resolve(FOLDER), ArtefactCopies.beside(backup));
  }

  /** Puts those that a restored journal needs back from beside the backup. */
  static HandlerFiles restoredTo(Path data, Path journal, Path backup) throws IOException {
    return brought(journal, ArtefactCopies.beside(backup), data.resolve(FOLDER));
  }

  private static HandlerFiles brought(Path journal, Path from, Path to) throws IOException {
    List<Artefact> versions = versions(journal);
    List<Artefact> missing = ArtefactCopies.bring(versions, from, to);
    return new HandlerFiles(
        to, versions.size(), missing.stream().map(HandlerFiles::words).toList());
  }

  /** All that a journal names. */
  static List<Artefact> versions(Path journal) throws IOException {
    try {
      return SavedArtefacts.read(journal);
    } catch (SQLException e) {
      throw new IOException(journal + " can't be read: " + e.getMessage(), e);
    }
  }

  /** As people call a version. */
  static String words(Artefact version) {
    return version.name()
        + " version "
        + version.number()
        + " ("
        + version.content().file()
        + ", "
        + version.state().word()
        + ")";
  }
}
