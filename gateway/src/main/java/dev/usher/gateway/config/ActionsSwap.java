package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Revision;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
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
    Fitted fitted = Fitting.of(text, environment, overrides);
    this.first = first(saved, fitted.configured());
    long revision =
        first.map(Revision::number).orElse(saved.last().map(Revision::number).orElse(0L));
    this.inForce = new InForce(fitted.configured(), revision, List.of(), overrides, fitted.aside());
    OverrideLog.started(inForce);
    tellOfNone();
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
      swap(text, Fitting.of(text, environment, inForce.overrides()));
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
    Webhooks.mustNameFilesOnly(order);
    InForce before = inForce;
    Instant now = now();
    Overrides overrides = before.overrides().after(order, before.actions(), now);
    Fitted fitted = Fitting.of(accepted, environment, overrides);
    mustPushNothingAside(order, fitted);
    ConfiguredActions configured = fitted.configured();
    List<String> lines = ActionsDiff.between(before.actions(), configured.actions());
    Revision revision =
        new Revision(
            before.revision() + 1, now, order.token(), String.join("\n", lines), configured.text());
    Change.Edit edit =
        new Change.Edit(
            order.action(), overrides.find(order.action()), order.deed().verb(), order.detail());
    journal.keep(new Change.Configure(revision, Optional.of(edit)));
    inForce =
        new InForce(configured, revision.number(), before.problems(), overrides, fitted.aside());
    onChange.accept(inForce);
    LOG.info("{} by {} in force, revision {}", edit.verb(), order.token(), revision.number());
    lines.forEach(line -> LOG.info("{}", line));
    tellOfNone();
    OverrideLog.fitting(before, inForce);
    return inForce;
  }

  /** What a file's edit may do, an order may not: whoever gives it is there to be told. */
  private void mustPushNothingAside(OverrideOrder order, Fitted fitted) throws InvalidSettings {
    for (Aside one : fitted.aside()) {
      if (one.action().equals(order.action()) || !inForce.isAside(one.action())) {
        throw new InvalidSettings(one.problems());
      }
    }
  }

  private void swap(FileText text, Fitted fitted) throws IOException {
    InForce before = inForce;
    ConfiguredActions now = fitted.configured();
    List<String> lines = ActionsDiff.between(before.actions(), now.actions());
    boolean isSame = now.text().equals(before.configured().text());
    long number = isSame ? before.revision() : before.revision() + 1;
    if (!isSame) {
      String note = String.join("\n", lines);
      journal.keep(
          new Change.Configure(
              new Revision(number, now(), "", note, now.text()), Optional.empty()));
    }
    inForce = new InForce(now, number, List.of(), before.overrides(), fitted.aside());
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
    tellOfNone();
    OverrideLog.changed(before, inForce);
  }

  /** A gateway may begin without any; it is seldom meant to stay so. */
  private void tellOfNone() {
    if (inForce.actions().all().isEmpty()) {
      LOG.warn(
          "there is no action: signups are accepted, and nothing is delivered; write one into {},"
              + " or: usher deploy FILE --action NAME",
          accepted.file());
    }
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
}
