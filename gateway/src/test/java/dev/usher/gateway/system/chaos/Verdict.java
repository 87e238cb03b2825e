package dev.usher.gateway.system.chaos;

import dev.usher.gateway.Strike;
import dev.usher.gateway.system.chaos.Evidence.Owed;
import dev.usher.gateway.system.chaos.Evidence.Tried;
import dev.usher.gateway.system.fixture.Books;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What clients saw, held against what the journal and the handlers have on record. A signup is
 * delivered when a handler performed all that was planned for it. A duplicate is explained when the
 * journal has the outcome of the superfluous attempt as lost.
 */
public final class Verdict {

  private static final int SHOWN = 20;
  private static final String ROW = "%-16s %6s %9s %11s %10s %5s %22s %12s%n";

  private final List<Round> rounds;
  private final Evidence evidence;
  private final Map<Strike, Score> scores = new EnumMap<>(Strike.class);
  private final TreeMap<Instant, Strike> times = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  private Verdict(List<Round> rounds, Evidence evidence) {
    this.rounds = rounds;
    this.evidence = evidence;
  }

  static Verdict of(List<Round> rounds, Evidence evidence, Books books) {
    Verdict verdict = new Verdict(rounds, evidence);
    verdict.faults.addAll(evidence.faults());
    if (!books.areBalanced()) {
      verdict.faults.add("the books are out of balance: " + books);
    }
    verdict.judgeSignups();
    verdict.judgeAttempts();
    return verdict;
  }

  /** Everything that must not be; empty is good. */
  public List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many signups were answered 202, over all rounds. */
  public long accepted() {
    return scores.values().stream().mapToLong(score -> score.accepted).sum();
  }

  /** How many deliveries were performed more than once because an outcome was lost. */
  public long explainedDuplicates() {
    return scores.values().stream().mapToLong(score -> score.explained).sum();
  }

  /** In how many rounds nobody came to the point at which the gateway was to die. */
  public int notReached() {
    return scores.values().stream().mapToInt(score -> score.notReached).sum();
  }

  /** A line for each strike. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            ROW,
            "strike",
            "rounds",
            "accepted",
            "unanswered",
            "delivered",
            "lost",
            "duplicates explained",
            "unexplained"));
    Score sum = new Score();
    scores.forEach(
        (strike, score) -> {
          table.append(row(strike.word(), score));
          sum.add(score);
        });
    table.append(row("all", sum));
    if (sum.notReached > 0) {
      table.append(sum.notReached).append(" rounds did not come to their point; killed instead\n");
    }
    faults.stream()
        .limit(SHOWN)
        .forEach(fault -> table.append("FAULT ").append(fault).append('\n'));
    return table.toString();
  }

  private static String row(String name, Score score) {
    return String.format(
        Locale.ROOT,
        ROW,
        name,
        score.rounds,
        score.accepted,
        score.unanswered,
        score.delivered,
        score.lost,
        score.explained,
        score.unexplained);
  }

  private void judgeSignups() {
    Map<String, Boolean> performed = new HashMap<>();
    Map<String, Integer> journaled = new HashMap<>();
    evidence.deliveries().forEach((id, owed) -> judgeDelivery(id, owed, performed, journaled));
    for (Round round : rounds) {
      times.put(round.begin(), round.strike());
      Score score = score(round.strike());
      score.rounds++;
      score.notReached += round.isStruck() ? 0 : 1;
      round.statuses().forEach(status -> faults.add("a client was answered " + status));
      for (String id : round.accepted()) {
        score.accepted++;
        journaled.remove(id);
        if (performed.getOrDefault(id, false)) {
          score.delivered++;
        } else {
          score.lost++;
          faults.add("lost: " + id + " was answered 202 in round " + round.number());
        }
      }
    }
    journaled.values().forEach(round -> score(rounds.get(round - 1).strike()).unanswered++);
  }

  private void judgeDelivery(
      String id, Owed owed, Map<String, Boolean> performed, Map<String, Integer> journaled) {
    String signup = id.substring(0, id.indexOf('.'));
    boolean isPerformed = evidence.performed().containsKey(id);
    performed.merge(signup, isPerformed, Boolean::logicalAnd);
    journaled.put(signup, Round.of(owed.username()));
    if (!owed.state().equals("succeeded") || !isPerformed) {
      faults.add(id + " is " + owed.state() + (isPerformed ? "" : " and no handler performed it"));
    }
  }

  private void judgeAttempts() {
    evidence.performed().forEach(this::judgeAttempts);
  }

  private void judgeAttempts(String delivery, List<Integer> numbers) {
    Set<Integer> once = new HashSet<>();
    int lost = 0;
    for (int number : numbers) {
      Tried tried = evidence.attempts().get(delivery + " " + number);
      if (tried == null) {
        faults.add(delivery + " attempt " + number + " was sent without a recorded start");
      } else if (!once.add(number)) {
        unexplained(delivery + " attempt " + number + " was performed twice", tried);
      } else if (tried.isLost() && lost < numbers.size() - 1) {
        lost++;
        strikeAt(tried.started()).explained++;
      } else if (once.size() - lost > 1) {
        unexplained(delivery + " was performed again although no outcome was lost", tried);
      }
    }
  }

  private void unexplained(String fault, Tried tried) {
    strikeAt(tried.started()).unexplained++;
    faults.add(fault);
  }

  private Score strikeAt(Instant time) {
    Map.Entry<Instant, Strike> round = times.floorEntry(time);
    return score((round == null ? times.firstEntry() : round).getValue());
  }

  private Score score(Strike strike) {
    return scores.computeIfAbsent(strike, first -> new Score());
  }
}
