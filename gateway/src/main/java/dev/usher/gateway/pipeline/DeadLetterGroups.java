package dev.usher.gateway.pipeline;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts dead letters by action, cause and reason class, in a memory that does not grow with them:
 * where nearly every reason is a class of its own, those past the first {@link #MAX_CLASSES} are
 * counted by action and cause alone.
 */
public final class DeadLetterGroups {

  /** Most classes that are told apart. More than a person reads. */
  public static final int MAX_CLASSES = 200;

  private final Map<Key, DeadLetter.Group> groups = new HashMap<>();
  private int classes;

  private record Key(String action, Cause cause, Optional<ReasonClass> reasonClass) {}

  /** Counts one more. */
  public void add(DeadLetter letter) {
    Key own = new Key(letter.action(), letter.cause(), Optional.of(letter.reasonClass()));
    Key key = own;
    if (!groups.containsKey(own)) {
      if (classes < MAX_CLASSES) {
        classes++;
      } else {
        key = new Key(letter.action(), letter.cause(), Optional.empty());
      }
    }
    groups.merge(key, first(key, letter), (sofar, one) -> sofar.with(letter));
  }

  /** The largest first. */
  public List<DeadLetter.Group> all() {
    return groups.values().stream()
        .sorted(
            Comparator.comparingLong(DeadLetter.Group::count)
                .reversed()
                .thenComparing(DeadLetter.Group::oldest)
                .thenComparing(DeadLetter.Group::action))
        .toList();
  }

  private static DeadLetter.Group first(Key key, DeadLetter one) {
    return new DeadLetter.Group(
        key.action(), key.cause(), key.reasonClass(), 1, one.at(), one.at(), one);
  }
}
