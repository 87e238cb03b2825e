package dev.usher.runner;

import java.io.IOException;

/** An artefact that can be run: as classes in this process, or as a process of its own. */
interface Program {

  /** Adds to the version what it starts; where it fails, some of that may serve already. */
  void start(Version version) throws CannotDeploy;

  /** Lets go of what it is made of; nothing of it runs any more. */
  void release() throws IOException;
}
