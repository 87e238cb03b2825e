package dev.usher.gateway.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All actions of one configuration, in the order of the file. Immutable. */
public final class Actions {

  private final Map<String, Action> byName = new LinkedHashMap<>();

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

  /** The action of this name, unless the configuration has none. */
  public Optional<Action> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
