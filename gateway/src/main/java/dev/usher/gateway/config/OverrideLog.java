package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.settings.Setting;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log what overrides do to the file, and the file to them. */
final class OverrideLog {

  private static final Logger LOG = LoggerFactory.getLogger(ActionsWatch.class);

  private OverrideLog() {}

  /** What a start begins with. */
  static void started(InForce now) {
    now.overrides().all().stream()
        .filter(one -> !now.isAside(one.name()))
        .forEach(OverrideLog::kept);
    now.aside().forEach(OverrideLog::aside);
    shadows(List.of(), now);
  }

  /** What is new of it after an edit of the file. */
  static void changed(InForce before, InForce now) {
    fitting(before, now);
    shadows(before.configured().shadowed(), now);
  }

  /** Which overrides fit no longer, and which do again. */
  static void fitting(InForce before, InForce now) {
    now.aside().stream().filter(one -> !before.aside().contains(one)).forEach(OverrideLog::aside);
    before.aside().stream()
        .filter(one -> !now.isAside(one.action()))
        .filter(one -> now.overrides().find(one.action()).isPresent())
        .forEach(one -> LOG.info("the override of {} fits again and is in force", one.action()));
  }

  private static void kept(ActionOverride one) {
    LOG.info(
        "an override of {} is in force, made by {} at {}: {}",
        one.name(),
        one.token(),
        one.at(),
        one.body());
  }

  private static void aside(Aside one) {
    LOG.error(
        "the override of {} is put aside, as it does not fit actions.yaml: {}; edit the file, or"
            + " take it back with: usher actions reset {}",
        one.action(),
        one.why(),
        one.action());
  }

  private static void shadows(List<Setting> before, InForce now) {
    for (Setting setting : now.configured().shadowed()) {
      if (!before.contains(setting)) {
        LOG.warn(
            "{} {}: {} has no effect, an override says otherwise; take it back with:"
                + " usher actions reset {}",
            setting.place(),
            setting.key(),
            setting.value(),
            actionOf(setting));
      }
    }
    for (String action : now.dormant()) {
      LOG.warn("the override of {} has no effect: there is no such action", action);
    }
  }

  /** A key is {@code actions.}, the name, which has no dot, and what is set of it. */
  private static String actionOf(Setting setting) {
    int begin = setting.key().indexOf('.') + 1;
    return setting.key().substring(begin, setting.key().indexOf('.', begin));
  }
}
