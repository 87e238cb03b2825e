package dev.usher.runner.catalogue;

import dev.usher.wire.HandlerVersion;
import dev.usher.wire.RunnerReport.Item;
import dev.usher.wire.RunnerReport.Phase;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far each version has come in this runner; says when that changes. For any thread.
 *
 * <p>What serves is known by the object that stands for it: where a version is started anew while
 * the last one of its number drains, what that one does does not count.
 */
public final class Progress {

  private final Map<String, Step> steps = new LinkedHashMap<>();
  private final Runnable changed;

  private record Step(Item item, @Nullable Object serving) {}

  /**
   * Knows of no version yet.
   *
   * @param changed called at each change, on the thread that made it
   */
  public Progress(Runnable changed) {
    this.changed = changed;
  }

  /** Where each version is. */
  public synchronized List<Item> items() {
    return steps.values().stream().map(Step::item).toList();
  }

  /** Its file is on the way; {@code why} says what it waits for, if anything. */
  void fetches(HandlerVersion version, String why) {
    put(item(version, Phase.FETCHING, why), null);
  }

  /** It is being started. */
  void starts(HandlerVersion version) {
    put(item(version, Phase.STARTING, ""), null);
  }

  /** It did not start. */
  void fails(HandlerVersion version, String why) {
    put(item(version, Phase.FAILED, why), null);
  }

  /** It takes deliveries; {@code serving} stands for it from now on. */
  public void serves(String name, int number, Object serving, List<String> addresses) {
    Item item = new Item(name, number, Phase.SERVING, "", addresses);
    put(item, serving);
  }

  /** What serves takes nothing more, and finishes what it has. */
  public void drains(String id, Object serving) {
    change(id, serving, Phase.DRAINING, "", EnumSet.allOf(Phase.class));
  }

  /** What served does not any more, though nobody has told it to end. */
  public void fails(String id, Object serving, String why) {
    change(id, serving, Phase.FAILED, why, EnumSet.allOf(Phase.class));
  }

  /** What served has ended, and is started again; where it has failed, that is said still. */
  public void restarts(String id, Object serving, String why) {
    change(id, serving, Phase.RESTARTING, why, EnumSet.of(Phase.SERVING, Phase.RESTARTING));
  }

  /** What was started again takes deliveries; {@code why} says how it had ended. */
  public void servesAgain(String id, Object serving, String why) {
    change(id, serving, Phase.SERVING, why, EnumSet.of(Phase.RESTARTING, Phase.FAILED));
  }

  /** Something people may want to know of what serves. */
  public void note(String id, Object serving, String why) {
    change(id, serving, Phase.SERVING, why, EnumSet.of(Phase.SERVING));
  }

  /** That is so no more. */
  public void dropNote(String id, Object serving, String why) {
    change(
        id,
        serving,
        item -> item.phase() == Phase.SERVING && item.why().equals(why),
        Phase.SERVING,
        "");
  }

  /** Nothing of it is left. */
  public void gone(String id, Object serving) {
    synchronized (this) {
      Step step = steps.get(id);
      if (step == null || step.serving() != serving) {
        return;
      }
      steps.remove(id);
    }
    changed.run();
  }

  /** Forgets the versions of a name that nobody asks about any more, unless something serves. */
  void keep(String name, Set<String> ids) {
    synchronized (this) {
      boolean isLess =
          steps
              .entrySet()
              .removeIf(
                  step ->
                      step.getValue().item().name().equals(name)
                          && step.getValue().serving() == null
                          && !ids.contains(step.getKey()));
      if (!isLess) {
        return;
      }
    }
    changed.run();
  }

  private void put(Item item, @Nullable Object serving) {
    synchronized (this) {
      Step before = steps.put(item.name() + "#" + item.number(), new Step(item, serving));
      if (before != null && before.item().equals(item)) {
        return;
      }
    }
    changed.run();
  }

  private void change(String id, Object serving, Phase phase, String why, Set<Phase> from) {
    change(id, serving, item -> from.contains(item.phase()), phase, why);
  }

  private void change(String id, Object serving, Predicate<Item> isMeant, Phase phase, String why) {
    synchronized (this) {
      Step step = steps.get(id);
      if (step == null || step.serving() != serving || !isMeant.test(step.item())) {
        return;
      }
      Item was = step.item();
      Item is = new Item(was.name(), was.number(), phase, why, was.addresses());
      if (was.equals(is)) {
        return;
      }
      steps.put(id, new Step(is, serving));
    }
    changed.run();
  }

  private static Item item(HandlerVersion version, Phase phase, String why) {
    return new Item(version.name(), version.number(), phase, why, List.of());
  }
}
