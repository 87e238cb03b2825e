package dev.usher.runner;

import java.io.IOException;

/**
 * An artefact as classes, for this process.
 *
 * @param loader where its classes are
 * @param entry name of the class that is run: one with a {@code main}, or a verticle
 */
record Classes(ArtefactLoader loader, String entry, Surroundings surroundings) implements Program {

  @Override
  public void start(Version version) throws CannotDeploy {
    OwnThread.run(version.artefact(), this, new Boot(version, this, surroundings)::run);
  }

  @Override
  public void release() throws IOException {
    Drivers.release(loader);
    loader.close();
  }
}
