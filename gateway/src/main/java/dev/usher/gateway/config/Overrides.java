package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.Overlay;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** What people said over the file, by action. Immutable. */
public final class Overrides {

  /** Nobody said anything. */
  static final Overrides NONE = new Overrides(Map.of());

  private final TreeMap<String, ActionOverride> byAction;

  private Overrides(Map<String, ActionOverride> byAction) {
    this.byAction = new TreeMap<>(byAction);
  }

  /** These ones. */
  static Overrides of(Collection<ActionOverride> overrides) {
    Overrides all = NONE;
    for (ActionOverride one : overrides) {
      all = all.with(one);
    }
    return all;
  }

  /** Every override, by name. */
  public List<ActionOverride> all() {
    return List.copyOf(byAction.values());
  }

  /** The override of an action. */
  public Optional<ActionOverride> find(String action) {
    return Optional.ofNullable(byAction.get(action));
  }

  boolean isEmpty() {
    return byAction.isEmpty();
  }

  /** What they put over the file. */
  List<Overlay> overlays() {
    return byAction.values().stream()
        .map(
            one ->
                new Overlay(
                    "actions." + one.name(),
                    new JsonObject(one.body()),
                    one.isWhole(),
                    nameOf(one.name())))
        .toList();
  }

  /** What messages call the override of an action; a JSON pointer into its body follows. */
  static String nameOf(String action) {
    return "override:" + action;
  }

  /**
   * The overrides once an order was carried out.
   *
   * @throws NoSuchElementException when there is nothing to change or to take back
   */
  Overrides after(OverrideOrder order, Actions inForce, Instant at) {
    return switch (order.deed()) {
      case PUT -> with(made(order, order.body(), true, at));
      case PATCH -> patched(order, inForce, at);
      case RESET -> {
        mustHave(order.action());
        yield without(order.action());
      }
    };
  }

  private Overrides patched(OverrideOrder order, Actions inForce, Instant at) {
    Optional<ActionOverride> before = find(order.action());
    if (before.isEmpty() && inForce.find(order.action()).isEmpty()) {
      throw new NoSuchElementException(
          "there is no action " + order.action() + "; make one with PUT");
    }
    JsonObject body =
        merged(new JsonObject(before.map(ActionOverride::body).orElse("{}")), order.body());
    boolean isWhole = before.map(ActionOverride::isWhole).orElse(false);
    return body.isEmpty() && !isWhole
        ? without(order.action())
        : with(made(order, body, isWhole, at));
  }

  private void mustHave(String action) {
    if (find(action).isEmpty()) {
      throw new NoSuchElementException("there is no override of " + action);
    }
  }

  private static ActionOverride made(
      OverrideOrder order, JsonObject body, boolean isWhole, Instant at) {
    return new ActionOverride(order.action(), body.encode(), isWhole, at, order.token());
  }

  Overrides with(ActionOverride one) {
    Overrides changed = new Overrides(byAction);
    changed.byAction.put(one.name(), one);
    return changed;
  }

  private Overrides without(String action) {
    Overrides changed = new Overrides(byAction);
    changed.byAction.remove(action);
    return changed;
  }

  /** JSON merge patch, RFC 7396. */
  private static JsonObject merged(JsonObject target, JsonObject patch) {
    JsonObject result = target.copy();
    for (String key : patch.fieldNames()) {
      Object value = patch.getValue(key);
      if (value == null) {
        result.remove(key);
      } else if (value instanceof JsonObject below) {
        JsonObject under =
            result.getValue(key) instanceof JsonObject group ? group : new JsonObject();
        JsonObject both = merged(under, below);
        if (both.isEmpty()) {
          result.remove(key);
        } else {
          result.put(key, both);
        }
      } else {
        result.put(key, value);
      }
    }
    return result;
  }
}
