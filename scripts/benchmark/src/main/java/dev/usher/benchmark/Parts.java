package dev.usher.benchmark;

import dev.usher.benchmark.part.AcceptedPart;
import dev.usher.benchmark.part.BacklogPart;
import dev.usher.benchmark.part.CompletedPart;
import dev.usher.benchmark.part.FloorPart;
import dev.usher.benchmark.part.GrowthPart;
import dev.usher.benchmark.part.LanguagesPart;
import dev.usher.benchmark.part.LatencyPart;
import dev.usher.benchmark.part.Part;
import dev.usher.benchmark.part.StartupPart;
import java.util.ArrayList;
import java.util.List;

/** All parts, in the order in which a round measures them. */
final class Parts {

  private static final List<Part> ALL =
      List.of(
          new FloorPart(),
          new AcceptedPart(),
          new CompletedPart(),
          new LanguagesPart(),
          new LatencyPart(),
          new BacklogPart(),
          new GrowthPart(),
          new StartupPart());

  /** As people say them. */
  static final List<String> NAMES = ALL.stream().map(Part::name).toList();

  private static final List<String> BESIDE_THE_FLOOR = List.of("accepted", "completed");

  private Parts() {}

  /** Minutes long at any size that tells anything. */
  private static final List<String> LONG = List.of("backlog", "growth");

  /**
   * Those asked for, or all but the long ones where it shall be quick; the floor too where
   * something is measured by it.
   */
  static List<Part> of(List<String> names, boolean isQuick) {
    List<String> wanted = new ArrayList<>(names.isEmpty() ? NAMES : names);
    if (names.isEmpty() && isQuick) {
      wanted.removeAll(LONG);
    }
    if (wanted.stream().anyMatch(BESIDE_THE_FLOOR::contains)) {
      wanted.add("floor");
    }
    return ALL.stream().filter(part -> wanted.contains(part.name())).toList();
  }
}
