package dev.usher.gateway.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which action comes after which, and whether that can work: every {@code after} names an action
 * that is there, none waits for itself round a circle, and no required action waits for one that
 * may not be owed.
 */
public final class ActionOrder {

  private final Map<String, Action> byName = new LinkedHashMap<>();

  private ActionOrder(List<Action> actions) {
    actions.forEach(action -> byName.put(action.name(), action));
  }

  /**
   * What is wrong with one action's {@code after}.
   *
   * @param action name of the action
   * @param message what is wrong and what to do about it
   */
  public record Fault(String action, String message) {}

  /** Everything that is wrong, in the order of the actions; nothing where the order can work. */
  public static List<Fault> faults(List<Action> actions) {
    ActionOrder order = new ActionOrder(actions);
    List<Fault> faults = new ArrayList<>();
    for (Action action : actions) {
      action
          .after()
          .flatMap(after -> order.fault(action, after))
          .ifPresent(message -> faults.add(new Fault(action.name(), message)));
    }
    return faults;
  }

  private Optional<String> fault(Action action, String after) {
    Action before = byName.get(after);
    if (before == null) {
      return Optional.of("there is no action \"" + after + "\"; write the name of another action");
    }
    Set<String> way = way(action);
    if (way.contains(action.name())) {
      return Optional.of(circle(action, way));
    }
    if (action.required() && !before.required()) {
      return Optional.of(
          "it is required, but \"" + after + "\" is optional; make both required or both optional");
    }
    return Optional.empty();
  }

  /** Every action that it waits for, nearest first; itself among them where they form a circle. */
  private Set<String> way(Action action) {
    Set<String> way = new LinkedHashSet<>();
    Optional<String> next = action.after();
    while (next.isPresent() && way.add(next.get())) {
      next = Optional.ofNullable(byName.get(next.get())).flatMap(Action::after);
    }
    return way;
  }

  private static String circle(Action action, Set<String> way) {
    if (way.size() == 1) {
      return "it waits for itself; write the name of another action";
    }
    return action.name()
        + way.stream().collect(Collectors.joining(" after ", " after ", ""))
        + ": none of them would ever start; take one \"after\" away";
  }
}
