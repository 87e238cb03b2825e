package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.Catalogue;
import dev.usher.wire.HandlerVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every hot-deployed handler, and the catalogue that follows from them. Lives on the loop. */
final class Shelf {

  /**
   * What the runners were asked to try, and since when.
   *
   * @param number the version
   * @param revision the first revision of the catalogue that has it
   */
  record Trial(int number, long revision, long sinceNanos) {}

  private final String gateway;
  private final Map<String, Versions> byName = new TreeMap<>();
  private final Map<String, Trial> trials = new HashMap<>();
  private Catalogue catalogue;

  /**
   * With nothing on it.
   *
   * @param gateway id of this gateway
   */
  Shelf(String gateway) {
    this.gateway = gateway;
    catalogue = new Catalogue(gateway, 0, List.of());
  }

  /** What the runners shall run. */
  Catalogue catalogue() {
    return catalogue;
  }

  /** Every handler that was ever deployed, by name. */
  List<Versions> all() {
    return List.copyOf(byName.values());
  }

  Versions of(String name) {
    return byName.getOrDefault(name, Versions.none(name));
  }

  Optional<Trial> trial(String name) {
    return Optional.ofNullable(trials.get(name));
  }

  /** A handler stands like this from here on; what is tried anew begins now. */
  void put(Versions versions, long nanos) {
    byName.put(versions.name(), versions);
    long revision = catalogue.revision() + 1;
    catalogue = new Catalogue(gateway, revision, entries());
    versions
        .next()
        .ifPresentOrElse(
            next -> begin(next, new Trial(next.number(), revision, nanos)),
            () -> trials.remove(versions.name()));
  }

  /** Whether any version that is kept has this file. */
  boolean needs(String checksum) {
    return byName.values().stream()
        .flatMap(versions -> versions.all().stream())
        .anyMatch(version -> version.content().checksum().equals(checksum));
  }

  private void begin(Artefact next, Trial trial) {
    Trial before = trials.get(next.name());
    if (before == null || before.number() != trial.number()) {
      trials.put(next.name(), trial);
    }
  }

  private List<Catalogue.Entry> entries() {
    List<Catalogue.Entry> entries = new ArrayList<>();
    for (Versions versions : byName.values()) {
      Optional<HandlerVersion> current = versions.current().map(Shelf::onTheWire);
      Optional<HandlerVersion> next = versions.next().map(Shelf::onTheWire);
      if (current.isPresent() || next.isPresent()) {
        int share = versions.next().map(Artefact::share).orElse(Catalogue.WHOLE);
        entries.add(new Catalogue.Entry(current, next, share));
      }
    }
    return entries;
  }

  private static HandlerVersion onTheWire(Artefact version) {
    Artefact.Content content = version.content();
    return new HandlerVersion(
        version.name(),
        version.number(),
        content.file(),
        content.checksum(),
        content.bytes(),
        content.address(),
        content.settings(),
        content.isIsolated());
  }
}
