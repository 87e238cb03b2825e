package dev.usher.gateway.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All actions of one configuration, in the order of the file. Immutable. */
public final class Actions {

  private final Map<String, Action> byName = new LinkedHashMap<>();
  private final Map<String, Action> notices = new LinkedHashMap<>();

  /**
   * Takes these actions.
   *
   * @throws IllegalArgumentException when two have the same name, or one comes after another in a
   *     way that {@link ActionOrder} finds fault with
   */
  public Actions(List<Action> actions) {
    for (Action action : actions) {
      if (byName.put(action.name(), action) != null) {
        throw new IllegalArgumentException("two actions are called " + action.name());
      }
      action.notice().ifPresent(notice -> notices.put(notice.name(), notice));
    }
    ActionOrder.faults(actions).stream()
        .findFirst()
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault.action() + ": " + fault.message());
            });
  }

  /** Every action, in the order of the file. */
  public List<Action> all() {
    return List.copyOf(byName.values());
  }

  /** Every action, then the notice of each that has one. */
  public List<Action> withNotices() {
    return Stream.concat(byName.values().stream(), notices.values().stream()).toList();
  }

  /** What may have to be told of an erased signup. */
  List<Change.Notice> notices() {
    return byName.values().stream()
        .flatMap(
            action ->
                action.notice().stream()
                    .map(it -> new Change.Notice(action.name(), it.name(), action.timeout())))
        .toList();
  }

  /** The action or the notice of this name, unless the configuration has none. */
  public Optional<Action> find(String name) {
    return Optional.ofNullable(byName.getOrDefault(name, notices.get(name)));
  }
}
