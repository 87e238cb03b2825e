package dev.usher.gateway.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The actions owed to one signup, chosen when it is accepted and never changed.
 *
 * @param deliveries one for each; required ones stand first, so that they get slots first where
 *     these are short
 */
record Plan(List<Delivery> deliveries) {

  /** Chooses from these actions. */
  static Plan of(Signup signup, Actions actions, Predicate<String> hasKey) {
    List<Delivery> deliveries = new ArrayList<>();
    for (Action action : actions.all()) {
      if (action.required()) {
        deliveries.add(Delivery.planned(signup, action));
      }
    }
    for (Action action : actions.all()) {
      if (!action.required() && hasKey.test(action.key())) {
        deliveries.add(Delivery.planned(signup, action));
      }
    }
    return new Plan(deliveries);
  }
}
