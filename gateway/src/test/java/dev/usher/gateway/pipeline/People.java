package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** What people do to a pipeline while it works, at random. */
final class People {

  static final int PERSONS = 6;

  private final Random random;
  private final List<String> actions;
  private final List<Future<?>> deeds = new ArrayList<>();

  People(Random random, List<String> actions) {
    this.random = random;
    this.actions = actions;
  }

  /** The e-mail address of one of them, as a fingerprint. */
  static byte[] person(int which) {
    return new byte[] {1, (byte) which};
  }

  /** Somebody does something. */
  void act(Rig rig, List<String> accepted) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> repair(rig.pipeline);
      case 3, 4 -> cancel(rig.pipeline, accepted);
      case 5 -> erase(rig.pipeline, accepted);
      case 6 -> backfill(rig.pipeline);
      default -> purge(rig);
    }
  }

  /** Nobody waits for an answer from a process that died. */
  void forget() {
    deeds.clear();
  }

  /** Everything that they began. */
  List<Future<?>> deeds() {
    return deeds;
  }

  private void repair(Pipeline pipeline) {
    Repair[] repairs = Repair.values();
    Repair repair = random.nextBoolean() ? Repair.REDRIVE : repairs[random.nextInt(repairs.length)];
    Optional<String> action = random.nextBoolean() ? Optional.empty() : Optional.of(anAction());
    Optional<Cause> cause =
        random.nextInt(3) > 0
            ? Optional.empty()
            : Optional.of(Cause.values()[random.nextInt(Cause.values().length)]);
    DeadLetter.Filter filter = new DeadLetter.Filter(Set.of(), action, cause, Optional.empty());
    deeds.add(
        pipeline.repair(
            new Repairs.Order(
                repair, filter, random.nextInt(8) == 0, OptionalInt.empty(), "local", "")));
  }

  private void cancel(Pipeline pipeline, List<String> accepted) {
    one(accepted)
        .ifPresent(
            id -> {
              Optional<String> action =
                  random.nextBoolean() ? Optional.empty() : Optional.of(anAction());
              deeds.add(pipeline.cancel(new Cancellation(id, action, "local", "")));
            });
  }

  private void erase(Pipeline pipeline, List<String> accepted) {
    if (random.nextInt(3) == 0) {
      byte[] person = person(random.nextInt(PERSONS));
      deeds.add(pipeline.erase(Erasures.Order.ofPerson(person, false, "local")));
    } else {
      one(accepted)
          .ifPresent(id -> deeds.add(pipeline.erase(Erasures.Order.ofSignup(id, false, "local"))));
    }
  }

  private void backfill(Pipeline pipeline) {
    Lacking lacking = new Lacking(anAction(), Optional.empty(), Instant.EPOCH, Optional.empty());
    Pace pace = new Pace(OptionalInt.empty(), OptionalInt.of(1 + random.nextInt(5)));
    deeds.add(
        pipeline
            .actions()
            .compose(
                configured ->
                    configured.stream().anyMatch(one -> one.name().equals(lacking.action()))
                        ? pipeline.backfill(
                            new Backfill.Order(lacking, 0, false, pace, "local", ""))
                        : Future.succeededFuture()));
  }

  /** As the retention does when its time has come. */
  private void purge(Rig rig) {
    Instant before = rig.loop.now().minusMillis(random.nextInt(20_000));
    deeds.add(rig.journal.write(new Change.Purge(before, 1 + random.nextInt(10))));
  }

  private Optional<String> one(List<String> accepted) {
    if (accepted.isEmpty()) {
      return Optional.empty();
    }
    // The latest ones mostly: what was accepted long ago has mostly ended.
    int back = random.nextInt(1 + random.nextInt(accepted.size()));
    return Optional.of(accepted.get(accepted.size() - 1 - back));
  }

  private String anAction() {
    return actions.get(random.nextInt(actions.size()));
  }
}
