package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.Retry;
import dev.usher.gateway.pipeline.Webhook;
import dev.usher.settings.Durations;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Tells a person what a changed configuration changes: a line for each thing. */
public final class ActionsDiff {

  private final List<String> lines = new ArrayList<>();

  private ActionsDiff() {}

  /**
   * Lines like {@code ~ subscribe: optional → required}, {@code + crm: optional (key company) at
   * signup.crm} and {@code - tips}, in the order of the new configuration; none where nothing
   * changed.
   */
  public static List<String> between(Actions old, Actions now) {
    ActionsDiff diff = new ActionsDiff();
    for (Action action : now.all()) {
      old.find(action.name())
          .ifPresentOrElse(before -> diff.compare(before, action), () -> diff.added(action));
    }
    for (Action action : old.all()) {
      if (now.find(action.name()).isEmpty()) {
        diff.lines.add("- " + action.name());
      }
    }
    return List.copyOf(diff.lines);
  }

  private void added(Action action) {
    String asked = action.required() ? "" : " (key " + action.key() + ")";
    lines.add("+ " + action.name() + ": " + kind(action) + asked + " at " + action.address());
  }

  private void compare(Action old, Action now) {
    line(old, now, "", ActionsDiff::kind);
    line(old, now, "key ", Action::key);
    line(old, now, "address ", Action::address);
    webhook(old, now);
    line(old, now, "erased ", action -> action.erased().orElse("none"));
    line(old, now, "timeout ", action -> Durations.format(action.timeout()));
    line(old, now, "retry.first ", retry(retry -> Durations.format(retry.first())));
    line(old, now, "retry.factor ", retry(retry -> factor(retry.factor())));
    line(old, now, "retry.max ", retry(retry -> Durations.format(retry.max())));
    line(old, now, "retry.giveUpAfter ", retry(retry -> Durations.format(retry.giveUpAfter())));
    line(old, now, "concurrency ", action -> String.valueOf(action.concurrency()));
    line(old, now, "rate ", action -> action.policy().rate().map(Rates::format).orElse("none"));
    line(old, now, "after ", action -> action.after().orElse("none"));
    line(old, now, "delay ", action -> Durations.format(action.delay()));
    line(old, now, "", action -> action.isRepeatable() ? "repeatable" : "not repeatable");
    line(old, now, "", action -> action.policy().isPaused() ? "paused" : "not paused");
  }

  /** Of a URL only what an address shows: its path may be as good as a secret. */
  private void webhook(Action old, Action now) {
    boolean isWebhook = old.webhook().isPresent() && now.webhook().isPresent();
    if (isWebhook && old.address().equals(now.address()) && !url(old).equals(url(now))) {
      lines.add("~ " + now.name() + ": another path of its webhook");
    }
    if (isWebhook && !secrets(old).equals(secrets(now))) {
      lines.add("~ " + now.name() + ": other secrets (" + secrets(now).size() + ")");
    }
  }

  private static String url(Action action) {
    return action.webhook().map(webhook -> webhook.url().toString()).orElse("");
  }

  private static List<String> secrets(Action action) {
    return action.webhook().map(Webhook::secrets).orElse(List.of());
  }

  private void line(Action old, Action now, String what, Function<Action, String> part) {
    String before = part.apply(old);
    String after = part.apply(now);
    if (!before.equals(after)) {
      lines.add("~ " + now.name() + ": " + what + before + " → " + after);
    }
  }

  private static Function<Action, String> retry(Function<Retry, String> part) {
    return action -> part.apply(action.retry());
  }

  private static String kind(Action action) {
    return action.required() ? "required" : "optional";
  }

  private static String factor(double factor) {
    return new DecimalFormat("0.#########", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(factor);
  }
}
