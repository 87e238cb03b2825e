package dev.usher.gateway.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The actions owed to one signup, chosen when it is accepted and never changed.
 *
 * @param items one for each; required ones stand first, so that they get slots first where these
 *     are short
 */
record Plan(List<Item> items) {

  /**
   * One delivery.
   *
   * @param hold what it waits for, where the action that it comes after is part of the plan, too
   */
  record Item(Delivery delivery, Optional<Hold> hold) {}

  /** Chooses from these actions. */
  static Plan of(Signup signup, Actions actions, Predicate<String> hasKey) {
    List<Action> owed = new ArrayList<>();
    for (Action action : actions.all()) {
      if (action.required()) {
        owed.add(action);
      }
    }
    for (Action action : actions.all()) {
      if (!action.required() && hasKey.test(action.key())) {
        owed.add(action);
      }
    }
    List<Item> items = new ArrayList<>(owed.size());
    for (Action action : owed) {
      items.add(item(signup, action, owed));
    }
    return new Plan(items);
  }

  /** The deliveries alone. */
  List<Delivery> deliveries() {
    return items.stream().map(Item::delivery).toList();
  }

  private static Item item(Signup signup, Action action, List<Action> owed) {
    Optional<Hold> hold =
        action
            .after()
            .filter(after -> owed.stream().anyMatch(other -> other.name().equals(after)))
            .map(after -> new Hold(after, action.delay()));
    return new Item(
        hold.isPresent() ? Delivery.held(signup, action) : Delivery.planned(signup, action), hold);
  }
}
