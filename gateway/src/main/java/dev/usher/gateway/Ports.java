package dev.usher.gateway;

import dev.usher.gateway.pipeline.Invoker;
import dev.usher.gateway.pipeline.Journal;

/**
 * Where something can be put between the pipeline and what it stands on. By itself it puts nothing.
 */
interface Ports {

  /** The real parts, bare. */
  Ports BARE = new Ports() {};

  /** The journal that the pipeline gets. */
  default Journal around(Journal journal) {
    return journal;
  }

  /** The invoker that the pipeline gets. */
  default Invoker around(Invoker invoker) {
    return invoker;
  }
}
