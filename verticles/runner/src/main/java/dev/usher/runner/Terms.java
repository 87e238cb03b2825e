package dev.usher.runner;

import dev.usher.wire.HandlerVersion;
import dev.usher.wire.Origin;
import java.util.Map;

/**
 * What a version of an artefact runs with, beside its file.
 *
 * @param number of the version, for people; 0 for a file that nobody has given one
 * @param deployment what its instances announce: {@link HandlerVersion#id} of what the cluster has
 *     deployed, {@link Origin#ofFile} of a file of the folder
 * @param address event-bus address to serve instead of the handler's own; empty for its own
 * @param settings values over those that the configuration has; a secret may be a reference to it
 * @param isIsolated whether it runs as a process of its own
 */
record Terms(
    int number,
    String deployment,
    String address,
    Map<String, String> settings,
    boolean isIsolated) {

  /** Keeps its own copy of the settings. */
  Terms {
    settings = Map.copyOf(settings);
  }

  /** Those of a file alone: the handler's own address, the configuration as it is. */
  static Terms ofFile(String name) {
    return new Terms(0, Origin.ofFile(name), "", Map.of(), false);
  }

  /** Those of a version that the cluster has deployed. */
  static Terms of(HandlerVersion version) {
    return new Terms(
        version.number(),
        version.id(),
        version.address(),
        version.settings(),
        version.isIsolated());
  }

  /** Whether the cluster has deployed it; otherwise it is a file of the folder. */
  boolean isOfCluster() {
    return Origin.of(deployment) == Origin.DEPLOYED;
  }

  /** The record's own text would show settings, and there may be a secret among them. */
  @Override
  public String toString() {
    return isOfCluster() ? deployment : "of a file";
  }
}
