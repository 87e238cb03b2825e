package dev.usher.gateway.deploy;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.DeployRefused;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.wire.Catalogue;
import dev.usher.wire.RunnerReport;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The hot-deployed handlers of the cluster: takes what people send, tells the runners what to run,
 * and decides by what they say. What is decided is in the journal before any runner hears of it, so
 * a gateway that starts again goes on where it was. Orders are carried out one after the other.
 * Lives on the loop; every method may be called on any thread.
 */
public final class Deployments {

  private final Loop loop;
  private final Function<Change, Future<Applied>> journal;
  private final ArtefactFolder folder;
  private final Shelf shelf;
  private final Trials trials;
  private final RunnerLine line;
  private final Turns turns;
  private final Set<String> settling = new HashSet<>();
  private Consumer<Catalogue> listener = catalogue -> {};

  /**
   * Tells nobody anything before {@link #start}.
   *
   * @param journal makes a change durable
   * @param folder where the files are kept
   */
  public Deployments(
      ClusterMember member, Loop loop, Function<Change, Future<Applied>> journal, Path folder) {
    this.loop = loop;
    this.journal = journal;
    this.folder = new ArtefactFolder(folder);
    shelf = new Shelf(member.nodeId());
    trials = new Trials(shelf, loop);
    turns = new Turns(member.vertx(), loop);
    line = new RunnerLine(member, loop, this.folder);
  }

  /**
   * A version that was sent.
   *
   * @param isNew false where it is in force already, and nothing was done
   * @param runners how many runners are there to try it
   */
  public record Deployed(Artefact version, boolean isNew, int runners) {}

  /**
   * How everything stands.
   *
   * @param at when it stood so
   * @param versions every version that is kept, by name, the oldest first
   * @param runners what the runners that are there say
   */
  public record Standing(Instant at, List<Artefact> versions, List<RunnerReport> runners) {}

  /** Goes on with what the journal has. */
  public Future<Void> start(List<Artefact> recorded) {
    Set<String> wanted =
        recorded.stream().map(one -> one.content().checksum()).collect(Collectors.toSet());
    return turns
        .blocking(() -> sweep(wanted))
        .compose(
            swept -> {
              // Before anybody hears of anything: what is not in the catalogue is undeployed.
              recorded.stream()
                  .collect(Collectors.groupingBy(Artefact::name))
                  .forEach((name, all) -> shelf.put(new Versions(name, all), loop.nanos()));
              listener.accept(shelf.catalogue());
              trials.begin();
              return turns.onLoop(line.open(this::heard, this::left, this::beat));
            })
        .compose(
            opened -> {
              List<Versions> all = shelf.all();
              return turns.blocking(() -> tellOfMissing(all));
            })
        .onSuccess(told -> beat())
        .mapEmpty();
  }

  /** Tells and hears nothing more. */
  public Future<Void> stop() {
    return loop.call(line::close);
  }

  /**
   * Names the one who is told what the runners shall run, at the start and at each change: on the
   * loop, before any runner hears of it. To be called before {@link #start}.
   */
  public void onCatalogue(Consumer<Catalogue> told) {
    listener = told;
  }

  /** An empty file for one that is on its way. */
  public Future<Path> room() {
    return turns.blocking(folder::room);
  }

  /** Drops a file that did not come whole. */
  public void drop(Path unfinished) {
    var unused = turns.blocking(() -> Files.deleteIfExists(unfinished));
  }

  /**
   * Takes a file that came whole, and has the runners try it. Fails with {@link DeployRefused}, and
   * then nothing changed; the file is gone either way.
   */
  public Future<Deployed> deploy(DeployOrder order, Path file) {
    return turns
        .blocking(() -> Delivered.of(order, file))
        .compose(delivered -> turns.next(() -> deploy(order, delivered)))
        .onComplete(ended -> drop(file));
  }

  /** The canary takes the place of the current version. */
  public Future<Void> promote(String name, String token) {
    return change(name, token, "promote", Versions::promoted);
  }

  /** The version that is tried goes; where there is none, the one before is tried again. */
  public Future<Void> rollback(String name, String token) {
    return change(name, token, "rollback", versions -> versions.rolledBack(token));
  }

  /** Nothing of a handler runs any more; its history stays. */
  public Future<Void> undeploy(String name, String token) {
    return change(name, token, "undeploy", versions -> versions.undeployed(token));
  }

  /** How everything stands now. */
  public Future<Standing> standing() {
    return loop.call(
        () ->
            Future.succeededFuture(
                new Standing(
                    loop.now(),
                    shelf.all().stream().flatMap(one -> one.all().stream()).toList(),
                    trials.reports())));
  }

  /** What a handler logged last, in every runner. */
  public Future<RunnerLogs> logs(String name, int lines) {
    return loop.call(
        () -> {
          var unused = known(name);
          return line.logs(name, lines, trials.reports());
        });
  }

  private Future<Deployed> deploy(DeployOrder order, Delivered delivered) {
    Versions before = shelf.of(order.name());
    Optional<Artefact> same = before.same(delivered.content(), order.share());
    if (same.isPresent()) {
      // Its file may have been lost, and this is how a person brings it back.
      return turns
          .blocking(() -> kept(delivered))
          .map(kept -> new Deployed(same.get(), false, trials.reports().size()));
    }
    Artefact.Origin origin = new Artefact.Origin(loop.now(), order.token());
    Versions after = before.add(delivered.content(), order.share(), origin);
    Artefact next = after.next().orElseThrow();
    return turns
        .blocking(() -> kept(delivered))
        .compose(kept -> write(before, after, audit(order.token(), "deploy", next)))
        .map(
            written -> {
              DeployLog.came(next, trials.reports().size());
              return new Deployed(next, true, trials.reports().size());
            });
  }

  private boolean kept(Delivered delivered) throws IOException {
    folder.keep(delivered.file(), delivered.content().checksum());
    return true;
  }

  private Future<Void> change(
      String name, String token, String verb, UnaryOperator<Versions> step) {
    return turns.next(
        () -> {
          Versions before = known(name);
          Versions after = step.apply(before);
          return write(before, after, audit(token, verb, meant(after.since(before))))
              .onSuccess(written -> DeployLog.changed(name, verb, token))
              .mapEmpty();
        });
  }

  /** Of those that change, the one that comes rather than the one that goes. */
  private static Artefact meant(List<Artefact> changed) {
    return changed.stream().filter(Artefact::isInForce).findFirst().orElse(changed.get(0));
  }

  private Versions known(String name) {
    Versions versions = shelf.of(name);
    if (versions.all().isEmpty()) {
      throw new DeployRefused(
          DeployRefused.Kind.UNKNOWN,
          "no-handler",
          "no handler " + name + " was ever deployed; usher handlers list shows those that were");
    }
    return versions;
  }

  private Optional<Change.Audit> audit(String token, String verb, Artefact version) {
    String detail =
        version.name() + " version " + version.number() + " sha256:" + version.content().checksum();
    return Optional.of(new Change.Audit(loop.now(), token, verb, detail));
  }

  /** The runners hear of it once it is durable. */
  private Future<Versions> write(Versions before, Versions after, Optional<Change.Audit> audit) {
    List<Artefact> forgotten = after.forgotten(before);
    return turns
        .onLoop(journal.apply(new Change.Deploy(after.since(before), forgotten, audit)))
        .compose(
            written -> {
              shelf.put(after, loop.nanos());
              listener.accept(shelf.catalogue());
              line.tell(shelf.catalogue());
              return forget(forgotten).map(after);
            });
  }

  private Future<?> forget(List<Artefact> forgotten) {
    List<String> checksums = new ArrayList<>();
    for (Artefact version : forgotten) {
      if (!shelf.needs(version.content().checksum())) {
        checksums.add(version.content().checksum());
      }
    }
    return checksums.isEmpty()
        ? Future.succeededFuture()
        : turns.blocking(() -> dropped(checksums)).otherwise(false);
  }

  private boolean dropped(List<String> checksums) throws IOException {
    for (String checksum : checksums) {
      folder.drop(checksum);
    }
    return true;
  }

  private void heard(RunnerReport report) {
    trials.heard(report);
    judge();
  }

  private void left(String node) {
    trials.left(node);
    judge();
  }

  private void beat() {
    line.tell(shelf.catalogue());
    judge();
  }

  private void judge() {
    for (Versions versions : shelf.all()) {
      if (trials.decision(versions.name()).verdict() != Rollout.Verdict.WAIT
          && settling.add(versions.name())) {
        // Where the journal does not take it now, it is decided anew with the next beat.
        var unused =
            turns
                .next(() -> settle(versions.name()))
                .onComplete(ended -> settling.remove(versions.name()));
      }
    }
  }

  private Future<Versions> settle(String name) {
    Versions before = shelf.of(name);
    Rollout.Decision decision = trials.decision(name);
    return switch (decision.verdict()) {
      case WAIT -> Future.succeededFuture(before);
      case SERVES -> write(before, before.serving(), Optional.empty()).onSuccess(this::tellServing);
      case FAILED -> {
        DeployLog.failed(before, decision.why());
        yield write(before, before.failed(decision.why()), Optional.empty());
      }
    };
  }

  private void tellServing(Versions versions) {
    versions
        .next()
        .or(versions::current)
        .ifPresent(serving -> DeployLog.serves(serving, trials.reports().size()));
  }

  private boolean sweep(Set<String> wanted) throws IOException {
    folder.sweep(wanted);
    return true;
  }

  private boolean tellOfMissing(List<Versions> all) {
    all.stream()
        .flatMap(versions -> versions.all().stream())
        .filter(Artefact::isInForce)
        .filter(version -> !folder.has(version.content().checksum()))
        .forEach(DeployLog::missing);
    return true;
  }
}
