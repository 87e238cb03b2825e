package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.Problem;
import java.util.List;

/**
 * The actions at one moment, and how they came about.
 *
 * @param configured the actions and their settings
 * @param revision grows with each configuration that came into force, also over restarts
 * @param problems why the file as it stands is not in force; empty when it is
 * @param overrides what people said over the file
 * @param aside which of it is not applied, as it does not fit the file
 */
public record InForce(
    ConfiguredActions configured,
    long revision,
    List<Problem> problems,
    Overrides overrides,
    List<Aside> aside) {

  /** The actions themselves. */
  public Actions actions() {
    return configured.actions();
  }

  InForce failing(List<Problem> found) {
    return new InForce(configured, revision, found, overrides, aside);
  }

  boolean isAside(String action) {
    return aside.stream().anyMatch(one -> one.action().equals(action));
  }

  /** Overrides that say something of an action that the file no longer has. */
  public List<String> dormant() {
    return overrides.all().stream()
        .filter(one -> actions().find(one.name()).isEmpty() && !isAside(one.name()))
        .map(one -> one.name())
        .toList();
  }
}
