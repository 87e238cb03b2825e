package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kind of file that the runner can run: what is made of it to be run. */
interface Language {

  /** How the names of its files end. */
  String suffix();

  /**
   * Whether the file is all there, as far as can be told before it is run: here, that there is
   * anything in it.
   *
   * @throws IOException saying what is missing
   */
  default void check(Path file) throws IOException {
    if (Files.size(file) == 0) {
      throw new IOException("it is empty");
    }
  }

  /** Makes an artefact ready to be started; blocks for as long as a compiler takes. */
  Program load(Artefact artefact, Surroundings surroundings) throws CannotDeploy;
}
