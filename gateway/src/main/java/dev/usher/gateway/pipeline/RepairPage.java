package dev.usher.gateway.pipeline;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Dead letters to which the same is done at once, and which of them come after which. */
final class RepairPage {

  private final Repair repair;
  private final List<DeadLetter> letters;
  private final Map<DeadLetter.Position, DeadLetter> byPosition;

  RepairPage(Repair repair, List<DeadLetter> page) {
    this.repair = repair;
    byPosition = page.stream().collect(Collectors.toMap(DeadLetter::position, Function.identity()));
    letters = page.stream().sorted(Comparator.comparingInt(this::depth).reversed()).toList();
  }

  /**
   * What comes after another one first. The other way round, one that is marked done would release
   * those that come after it and are about to be marked, too.
   */
  List<DeadLetter> letters() {
    return letters;
  }

  /** Those that no redrive of this page moves. */
  List<DeadLetter> blocked() {
    return repair == Repair.REDRIVE ? letters.stream().filter(this::isBlocked).toList() : List.of();
  }

  /**
   * To how many it was done, by what came of each: those that were redriven because the one they
   * come after was are among them.
   */
  long done(List<Applied> applied) {
    Set<DeadLetter.Position> done = new HashSet<>();
    for (int i = 0; i < letters.size(); i++) {
      long seq = letters.get(i).seq();
      if (applied.get(i).moved()) {
        done.add(letters.get(i).position());
      }
      if (repair == Repair.REDRIVE) {
        applied.get(i).successors().stream()
            .map(successor -> new DeadLetter.Position(seq, successor.action()))
            .filter(byPosition::containsKey)
            .forEach(done::add);
      }
    }
    return done.size();
  }

  private boolean isBlocked(DeadLetter letter) {
    return letter.blockedBy().isPresent() && predecessor(letter).map(this::isBlocked).orElse(true);
  }

  private int depth(DeadLetter letter) {
    return predecessor(letter).map(first -> depth(first) + 1).orElse(0);
  }

  private Optional<DeadLetter> predecessor(DeadLetter letter) {
    return letter
        .blockedBy()
        .flatMap(
            action ->
                Optional.ofNullable(byPosition.get(new DeadLetter.Position(letter.seq(), action))));
  }
}
