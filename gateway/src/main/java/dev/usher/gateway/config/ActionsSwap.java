package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Revision;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Setting;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one configuration after the other into force, whether a person edited the file or gave an
 * order: build and check all of it, make it durable, then swap. What fails on the way leaves
 * everything as it was. Lives on one thread; only {@link #inForce} is for any.
 */
final class ActionsSwap {

  private static final Logger LOG = LoggerFactory.getLogger(ActionsWatch.class);

  private final Map<String, String> environment;
  private final ConfigRecord journal;
  private final Consumer<InForce> onChange;
  private final Clock clock;
  private final Optional<Revision> first;
  private volatile InForce inForce;
  private FileText accepted;

  ActionsSwap(
      FileText text,
      Map<String, String> environment,
      Saved saved,
      ConfigRecord journal,
      Consumer<InForce> onChange,
      Clock clock)
      throws InvalidSettings {
    this.environment = environment;
    this.journal = journal;
    this.onChange = onChange;
    this.clock = clock;
    this.accepted = text;
    Overrides overrides = Overrides.of(saved.overrides());
    ConfiguredActions configured = text.read(environment, overrides);
    this.first = first(saved, configured);
    long revision =
        first.map(Revision::number).orElse(saved.last().map(Revision::number).orElse(0L));
    this.inForce = new InForce(configured, revision, List.of(), overrides);
    overrides.all().forEach(ActionsSwap::logKept);
    logShadows(List.of(), inForce);
  }

  InForce inForce() {
    return inForce;
  }

  /** The revision this start begins with, unless it is the one in force before it. */
  Optional<Revision> first() {
    return first;
  }

  FileText accepted() {
    return accepted;
  }

  /**
   * Takes the file as it reads now, or tells why not.
   *
   * @throws IOException when it could not be made durable: try again
   */
  void take(FileText text) throws IOException {
    if (text.equals(accepted)) {
      inForce = inForce.failing(List.of());
      LOG.info("{} is again as it is in force (revision {})", text.file(), inForce.revision());
      return;
    }
    try {
      swap(text, text.read(environment, inForce.overrides()));
    } catch (InvalidSettings e) {
      refuse(text, e.problems());
    }
  }

  /**
   * Does what a person wants of an action.
   *
   * @throws InvalidSettings when the actions would not be sound with it
   * @throws IOException when it could not be made durable
   */
  InForce carryOut(OverrideOrder order) throws InvalidSettings, IOException {
    InForce before = inForce;
    Instant now = now();
    Overrides overrides = before.overrides().after(order, before.actions(), now);
    ConfiguredActions configured = accepted.read(environment, overrides);
    List<String> lines = ActionsDiff.between(before.actions(), configured.actions());
    Revision revision =
        new Revision(
            before.revision() + 1, now, order.token(), String.join("\n", lines), configured.text());
    Change.Edit edit =
        new Change.Edit(
            order.action(), overrides.find(order.action()), order.deed().verb(), order.detail());
    journal.keep(new Change.Configure(revision, Optional.of(edit)));
    inForce = new InForce(configured, revision.number(), before.problems(), overrides);
    onChange.accept(inForce);
    LOG.info("{} by {} in force, revision {}", edit.verb(), order.token(), revision.number());
    lines.forEach(line -> LOG.info("{}", line));
    return inForce;
  }

  private void swap(FileText text, ConfiguredActions now) throws IOException {
    InForce before = inForce;
    List<String> lines = ActionsDiff.between(before.actions(), now.actions());
    boolean isSame = now.text().equals(before.configured().text());
    long number = isSame ? before.revision() : before.revision() + 1;
    if (!isSame) {
      String note = String.join("\n", lines);
      journal.keep(
          new Change.Configure(
              new Revision(number, now(), "", note, now.text()), Optional.empty()));
    }
    inForce = new InForce(now, number, List.of(), before.overrides());
    try {
      onChange.accept(inForce);
    } catch (RuntimeException e) {
      inForce = before;
      LOG.error("{} could not be put in force", text.file(), e);
      refuse(
          text,
          List.of(new Problem(text.file().toString(), "", "could not be put in force: " + e)));
      return;
    }
    accepted = text;
    LOG.info("{} changed, revision {}", text.file(), number);
    lines.forEach(line -> LOG.info("{}", line));
    logShadows(before.configured().shadowed(), inForce);
  }

  private void refuse(FileText text, List<Problem> problems) {
    inForce = inForce.failing(problems);
    problems.forEach(problem -> LOG.warn("{}", problem));
    LOG.warn("{} is not in force; revision {} stays", text.file(), inForce.revision());
  }

  private Optional<Revision> first(Saved saved, ConfiguredActions configured) {
    boolean isKnown =
        saved.last().filter(last -> last.settings().equals(configured.text())).isPresent();
    if (isKnown) {
      return Optional.empty();
    }
    long number = Math.max(saved.highest(), saved.last().map(Revision::number).orElse(0L)) + 1;
    String note = saved.last().isPresent() ? "changed while no gateway ran" : "the first";
    return Optional.of(new Revision(number, now(), "", note, configured.text()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void logKept(ActionOverride one) {
    LOG.info(
        "an override of {} is in force, made by {} at {}: {}",
        one.name(),
        one.token(),
        one.at(),
        one.body());
  }

  /** A key is {@code actions.}, the name, which has no dot, and what is set of it. */
  private static String actionOf(Setting setting) {
    int begin = setting.key().indexOf('.') + 1;
    return setting.key().substring(begin, setting.key().indexOf('.', begin));
  }

  private static void logShadows(List<Setting> before, InForce now) {
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
}
