package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people can do to dead letters. */
class RepairsTest {

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4).start(Rig.action("mail"), Rig.optional("list"));
    rig.invoker.slots("at.mail", 8);
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  @Test
  void deadLettersAreListedAndCounted() {
    String id = dead();

    List<DeadLetter> letters = letters(DeadLetter.Filter.ALL);

    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).id()).isEqualTo(id + ".mail");
    assertThat(letters.get(0).cause()).isEqualTo(Cause.REJECTED);
    assertThat(letters.get(0).outcome()).contains(Outcome.REJECTED);
    assertThat(await(rig.pipeline.deadLetterGroups()))
        .extracting(DeadLetter.Group::action, DeadLetter.Group::cause, DeadLetter.Group::count)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("mail", Cause.REJECTED, 1L));
  }

  @Test
  void redriveSendsItRoundAgainWithItsAttemptsAfreshAndTheSignupCanStillComplete() {
    String id = dead();
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);

    assertThat(repair(Repair.REDRIVE, all())).isEqualTo(new Repairs.Report(1, 1));

    assertThat(rig.invoker.inFlight()).hasSize(1);
    assertThat(rig.invoker.inFlight().get(0).number()).isEqualTo(1);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.OPEN);
    rig.answer(Outcome.SUCCEEDED);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void redrivenOneThatDiesAgainCanBeRedrivenAgain() {
    dead();
    for (int i = 0; i < 3; i++) {
      assertThat(repair(Repair.REDRIVE, all()).done()).isEqualTo(1);
      rig.answer(Outcome.REJECTED);
    }
    assertThat(rig.pipeline.totals().all().dead()).isEqualTo(1);
  }

  @Test
  void redrivenOneOutlivesACrash() {
    dead();
    rig.invoker.slots("at.mail", 0);
    assertThat(repair(Repair.REDRIVE, all()).done()).isEqualTo(1);
    rig.crash();
    rig.start(Rig.action("mail"));

    rig.invoker.slots("at.mail", 8);
    rig.settle();

    assertThat(rig.invoker.inFlight()).hasSize(1);
  }

  @Test
  void discardedOneIsCancelledAndItsSignupStaysFailed() {
    String id = dead();

    assertThat(repair(Repair.DISCARD, all()).done()).isEqualTo(1);

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);
    assertThat(letters(DeadLetter.Filter.ALL)).isEmpty();
  }

  @Test
  void oneMarkedDoneHasSucceeded() {
    String id = dead();

    assertThat(repair(Repair.MARK_DONE, all()).done()).isEqualTo(1);

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void dryRunCountsAndChangesNothing() {
    String id = dead();
    Repairs.Order order =
        new Repairs.Order(
            Repair.DISCARD, DeadLetter.Filter.ALL, true, OptionalInt.empty(), "local", "");

    assertThat(await(rig.pipeline.repair(order))).isEqualTo(new Repairs.Report(1, 0));

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void filterChoosesByIdActionCauseAndTime() {
    String first = dead();
    rig.advance(Duration.ofMinutes(1));
    String second = dead();
    DeadLetter later = letters(DeadLetter.Filter.ALL).get(1);

    assertThat(ids(filter(Set.of(first + ".mail", "signup_0.mail", "nonsense"))))
        .containsExactly(first + ".mail");
    assertThat(ids(filter(Optional.of("list"), Optional.empty(), Optional.empty()))).isEmpty();
    assertThat(ids(filter(Optional.of("mail"), Optional.of(Cause.GAVE_UP), Optional.empty())))
        .isEmpty();
    assertThat(ids(filter(Optional.empty(), Optional.empty(), Optional.of(later.at()))))
        .containsExactly(second + ".mail");
  }

  @Test
  void freshDeliveriesGoBeforeRedrivenOnesWhichGetATenth() {
    rig.configure(Rig.action("mail", true, 1, true));
    for (int i = 0; i < 3; i++) {
      dead();
    }
    rig.invoker.slots("at.mail", 0);
    for (int i = 0; i < 30; i++) {
      rig.accepted();
    }
    assertThat(repair(Repair.REDRIVE, all()).done()).isEqualTo(3);
    int before = rig.invoker.sent().size();
    rig.invoker.slots("at.mail", 1);
    rig.settle();
    for (int i = 0; i < 19; i++) {
      rig.answer(Outcome.SUCCEEDED);
    }

    List<Long> seqs = rig.sentSeqs("mail");
    assertThat(seqs.subList(before, seqs.size()).stream().filter(seq -> seq <= 3)).hasSize(2);
  }

  @Test
  void redriveByRateTakesItsTime() {
    for (int i = 0; i < 5; i++) {
      dead();
    }
    Future<Repairs.Report> report =
        rig.pipeline.repair(
            new Repairs.Order(
                Repair.MARK_DONE,
                DeadLetter.Filter.ALL,
                false,
                OptionalInt.of(2),
                "local",
                "done by hand"));
    rig.settle();
    assertThat(rig.pipeline.totals().all().dead()).isEqualTo(3);

    for (int i = 0; i < 4; i++) {
      rig.advance(Duration.ofSeconds(1));
    }

    assertThat(report.result()).isEqualTo(new Repairs.Report(5, 5));
  }

  private String dead() {
    String id = rig.accepted().id();
    rig.answer(Outcome.REJECTED);
    return id;
  }

  private Repairs.Report repair(Repair repair, DeadLetter.Filter filter) {
    return await(
        rig.pipeline.repair(
            new Repairs.Order(repair, filter, false, OptionalInt.empty(), "local", "")));
  }

  private List<DeadLetter> letters(DeadLetter.Filter filter) {
    return await(rig.pipeline.deadLetters(filter, DeadLetter.Position.START, 100));
  }

  private List<String> ids(DeadLetter.Filter filter) {
    return letters(filter).stream().map(DeadLetter::id).toList();
  }

  private <T> T await(Future<T> future) {
    rig.settle();
    assertThat(future.succeeded()).isTrue();
    return future.result();
  }

  private static DeadLetter.Filter all() {
    return DeadLetter.Filter.ALL;
  }

  private static DeadLetter.Filter filter(Set<String> ids) {
    return new DeadLetter.Filter(ids, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static DeadLetter.Filter filter(
      Optional<String> action, Optional<Cause> cause, Optional<java.time.Instant> since) {
    return new DeadLetter.Filter(Set.of(), action, cause, since);
  }
}
