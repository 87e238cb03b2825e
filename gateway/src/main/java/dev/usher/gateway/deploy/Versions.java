package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.Artefact.State;
import dev.usher.gateway.pipeline.DeployRefused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * All versions of one hot-deployed handler that are kept, the oldest first, and what may become of
 * them. Each step makes another one of these, or throws {@link DeployRefused}.
 *
 * @param name what people call the handler
 * @param all its versions
 */
record Versions(String name, List<Artefact> all) {

  /** Versions kept of one name, besides those in force. */
  static final int KEPT = 10;

  /** In order of their numbers, whatever the list given. */
  Versions {
    all = all.stream().sorted(Comparator.comparingInt(Artefact::number)).toList();
  }

  /** Of a handler that was never deployed. */
  static Versions none(String name) {
    return new Versions(name, List.of());
  }

  /** The last one known to start. */
  Optional<Artefact> current() {
    return last(version -> version.state() == State.CURRENT);
  }

  /** The one that is being tried, as a canary or to take the place of the current one. */
  Optional<Artefact> next() {
    return last(Artefact::isTried);
  }

  /** The one that a new one of this content and share would be, if it is in force already. */
  Optional<Artefact> same(Artefact.Content content, int share) {
    return last(
        version ->
            version.isInForce()
                && version.content().equals(content)
                && (version.state() == State.CURRENT || version.share() == share));
  }

  /** A version more; one that was being tried goes. */
  Versions add(Artefact.Content content, int share, Artefact.Origin origin) {
    if (share < Artefact.WHOLE && current().isEmpty()) {
      throw conflict(
          "no-current",
          "there is no version of " + name + " that a canary could run beside; deploy it whole");
    }
    int number = all.isEmpty() ? 1 : all.get(all.size() - 1).number() + 1;
    List<Artefact> more = new ArrayList<>(without("version " + number + " came").all);
    more.add(new Artefact(name, number, content, origin, State.NEXT, share, ""));
    return new Versions(name, more).pruned();
  }

  /** The one that is tried serves everywhere. */
  Versions serving() {
    Artefact next = next().orElseThrow();
    if (next.share() < Artefact.WHOLE) {
      return changed(next, version -> version.in(State.CANARY, ""));
    }
    return inPlace(next);
  }

  /** The one that is tried did not start. */
  Versions failed(String why) {
    return changed(next().orElseThrow(), version -> version.in(State.FAILED, why));
  }

  /** The canary takes the place of the current one. */
  Versions promoted() {
    Artefact canary =
        last(version -> version.state() == State.CANARY)
            .orElseThrow(() -> conflict("no-canary", noCanary()));
    return inPlace(canary.with(Artefact.WHOLE));
  }

  /** Back to what was before: before the one that is tried, or else before the current one. */
  Versions rolledBack(String token) {
    if (next().isPresent()) {
      return without("taken back by " + token);
    }
    Artefact current =
        current()
            .orElseThrow(
                () -> conflict("not-deployed", "nothing of " + name + " is deployed; deploy it"));
    Artefact before =
        last(version -> version.state() == State.RETIRED && version.number() < current.number())
            .orElseThrow(
                () ->
                    conflict(
                        "no-version",
                        "there is no version of "
                            + name
                            + " before "
                            + current.number()
                            + " that served; deploy one"));
    return changed(before, version -> version.in(State.NEXT, "").with(Artefact.WHOLE));
  }

  /** Nothing of it runs any more, and a newest version that failed is no matter any more. */
  Versions undeployed(String token) {
    if (all.stream().noneMatch(this::isToGo)) {
      throw conflict("not-deployed", "nothing of " + name + " is deployed");
    }
    return each(version -> isToGo(version) ? undeployed(version, token) : version);
  }

  private boolean isToGo(Artefact version) {
    boolean isNewest = version.number() == all.get(all.size() - 1).number();
    return version.isInForce() || (isNewest && version.state() == State.FAILED);
  }

  private static Artefact undeployed(Artefact version, String token) {
    String failure = version.state() == State.FAILED ? "; it did not start: " + version.why() : "";
    return version.in(State.UNDEPLOYED, "undeployed by " + token + failure);
  }

  /** Versions that are new here, or stand differently than there. */
  List<Artefact> since(Versions before) {
    Set<Artefact> known = new HashSet<>(before.all);
    return all.stream().filter(version -> !known.contains(version)).toList();
  }

  /** Versions that were there and are kept no longer. */
  List<Artefact> forgotten(Versions before) {
    Set<Integer> numbers = new HashSet<>();
    all.forEach(version -> numbers.add(version.number()));
    return before.all.stream().filter(version -> !numbers.contains(version.number())).toList();
  }

  private Versions inPlace(Artefact winner) {
    return each(
        version -> {
          if (version.number() == winner.number()) {
            return winner.in(State.CURRENT, "");
          }
          return version.state() == State.CURRENT ? displaced(version, winner) : version;
        });
  }

  /** One that gave way to an older one is not what a rollback should bring back. */
  private static Artefact displaced(Artefact loser, Artefact winner) {
    return loser.number() > winner.number()
        ? loser.in(State.UNDEPLOYED, "rolled back to version " + winner.number())
        : loser.in(State.RETIRED, "");
  }

  /** A version that served before it was tried again can be brought back another time. */
  private Versions without(String why) {
    int current = current().map(Artefact::number).orElse(0);
    return each(
        version -> {
          if (!version.isTried()) {
            return version;
          }
          return version.number() < current
              ? version.in(State.RETIRED, "")
              : version.in(State.UNDEPLOYED, why);
        });
  }

  private Versions pruned() {
    int oldest = all.get(all.size() - 1).number() - KEPT;
    return new Versions(
        name,
        all.stream().filter(version -> version.number() > oldest || version.isInForce()).toList());
  }

  private Versions changed(Artefact one, UnaryOperator<Artefact> change) {
    return each(version -> version.number() == one.number() ? change.apply(version) : version);
  }

  private Versions each(UnaryOperator<Artefact> change) {
    return new Versions(name, all.stream().map(change).toList());
  }

  private Optional<Artefact> last(Predicate<Artefact> wanted) {
    return all.stream().filter(wanted).reduce((earlier, later) -> later);
  }

  private String noCanary() {
    return next().isPresent()
        ? "version "
            + next().get().number()
            + " of "
            + name
            + " is not serving yet; see its runners"
        : "there is no canary of " + name + "; deploy one with a share of the deliveries";
  }

  private static DeployRefused conflict(String code, String message) {
    return new DeployRefused(DeployRefused.Kind.CONFLICT, code, message);
  }
}
