package dev.usher.runner;

/** A kind of file that becomes classes: they run in this process, unless they are isolated. */
interface ClassLanguage extends Language {

  /** Makes classes of an artefact; blocks for as long as a compiler takes. */
  Classes classes(Artefact artefact, Surroundings surroundings) throws CannotDeploy;

  @Override
  default Program load(Artefact artefact, Surroundings surroundings) throws CannotDeploy {
    return artefact.terms().isIsolated()
        ? Isolation.of(surroundings)
        : classes(artefact, surroundings);
  }
}
