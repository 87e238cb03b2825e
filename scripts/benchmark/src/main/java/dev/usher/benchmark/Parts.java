package dev.usher.benchmark;

import dev.usher.benchmark.part.AcceptedPart;
import dev.usher.benchmark.part.CompletedPart;
import dev.usher.benchmark.part.FloorPart;
import dev.usher.benchmark.part.LatencyPart;
import dev.usher.benchmark.part.Part;
import java.util.ArrayList;
import java.util.List;

/** All parts, in the order in which a round measures them. */
final class Parts {

  private static final List<Part> ALL =
      List.of(new FloorPart(), new AcceptedPart(), new CompletedPart(), new LatencyPart());

  /** As people say them. */
  static final List<String> NAMES = ALL.stream().map(Part::name).toList();

  private static final List<String> BESIDE_THE_FLOOR = List.of("accepted", "completed");

  private Parts() {}

  /** Those asked for, or all; the floor too where something is measured by it. */
  static List<Part> of(List<String> names) {
    List<String> wanted = new ArrayList<>(names.isEmpty() ? NAMES : names);
    if (wanted.stream().anyMatch(BESIDE_THE_FLOOR::contains)) {
      wanted.add("floor");
    }
    return ALL.stream().filter(part -> wanted.contains(part.name())).toList();
  }
}
