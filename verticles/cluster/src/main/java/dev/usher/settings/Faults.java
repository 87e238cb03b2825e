package dev.usher.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that a person reads all of it at once. */
final class Faults {

  private record Fault(Place place, Problem problem) {}

  private final List<Fault> found = new ArrayList<>();

  void add(Place place, String key, String message) {
    found.add(new Fault(place, new Problem(place.toString(), key, message)));
  }

  /** Fails with every fault in the order of the file, if there is one. */
  void throwIfAny() throws InvalidSettings {
    if (!found.isEmpty()) {
      throw new InvalidSettings(
          found.stream().sorted(Comparator.comparing(Fault::place)).map(Fault::problem).toList());
    }
  }
}
