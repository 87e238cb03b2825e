package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
    assertThat(await(rig.pipeline.deadLetterGroups(DeadLetter.Filter.ALL)))
        .extracting(DeadLetter.Group::action, DeadLetter.Group::cause, DeadLetter.Group::count)
        .containsExactly(tuple("mail", Cause.REJECTED, 1L));
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
  void theyAreCountedByReasonClassWithTheFirstAndLastTimeAndAnExample() {
    String first = dead("450 mailbox of ann@x.org busy, try after 17 s");
    rig.advance(Duration.ofMinutes(1));
    dead("connection refused");
    dead("450 mailbox of bob@x.org busy, try after 2 s");
    List<DeadLetter> all = letters(DeadLetter.Filter.ALL);

    List<DeadLetter.Group> groups = await(rig.pipeline.deadLetterGroups(DeadLetter.Filter.ALL));

    assertThat(groups)
        .extracting(group -> group.reasonClass().orElseThrow().text(), DeadLetter.Group::count)
        .containsExactly(
            tuple("450 mailbox of * busy, try after * s", 2L), tuple("connection refused", 1L));
    assertThat(groups.get(0).oldest()).isEqualTo(all.get(0).at());
    assertThat(groups.get(0).newest()).isEqualTo(all.get(2).at());
    assertThat(groups.get(0).example().id()).isEqualTo(first + ".mail");
    assertThat(await(rig.pipeline.deadLetterGroups(ofClass("connection refused")))).hasSize(1);
  }

  @Test
  void anyReasonOfAClassMeansAllOfThatClass() {
    String first = dead("450 mailbox of ann@x.org busy, try after 17 s");
    String second = dead("450 mailbox of bob@x.org busy, try after 2 s");
    String other = dead("connection refused");
    DeadLetter.Filter busy = ofClass("450 mailbox of eve@x.org busy, try after 300 s");

    assertThat(ids(busy)).containsExactly(first + ".mail", second + ".mail");
    assertThat(ids(filterOf(Set.of(other + ".mail"), busy))).isEmpty();
    assertThat(repair(Repair.DISCARD, busy)).isEqualTo(new Repairs.Report(2, 2));
    assertThat(letters(DeadLetter.Filter.ALL))
        .extracting(DeadLetter::id)
        .containsExactly(other + ".mail");
  }

  @Test
  void pagesOfAClassPassOverTheOthers() {
    for (int i = 0; i < 7; i++) {
      dead(i % 2 == 0 ? "even " + i : "odd");
    }
    DeadLetter.Filter even = ofClass("even 0");
    List<DeadLetter> page = await(rig.pipeline.deadLetters(even, DeadLetter.Position.START, 3));

    assertThat(page).extracting(DeadLetter::reason).containsExactly("even 0", "even 2", "even 4");
    assertThat(await(rig.pipeline.deadLetters(even, page.get(2).position(), 3)))
        .extracting(DeadLetter::reason)
        .containsExactly("even 6");
  }

  @Test
  void theAuditNamesAReasonClassByItsMarkAsANameMayBeLeftInIt() {
    dead("user Ann Lovelace is unknown");
    repair(Repair.DISCARD, ofClass("user Ann Lovelace is unknown"));

    AuditEntry entry =
        await(
                rig.pipeline.audit(
                    new AuditEntry.Filter(Optional.empty(), Optional.empty(), Optional.empty()),
                    Long.MAX_VALUE,
                    1))
            .get(0);
    assertThat(entry.detail())
        .doesNotContain("Ann")
        .contains("reason class " + new ReasonClass("user Ann Lovelace is unknown").mark());
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
    return dead("no");
  }

  private String dead(String reason) {
    String id = rig.accepted().id();
    rig.invoker.answer(rig.invoker.inFlight().get(0), new Ending(Outcome.REJECTED, reason));
    rig.settle();
    return id;
  }

  private static DeadLetter.Filter ofClass(String reason) {
    return new DeadLetter.Filter(
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new ReasonClass(reason)),
        Optional.empty());
  }

  private static DeadLetter.Filter filterOf(Set<String> ids, DeadLetter.Filter rest) {
    return new DeadLetter.Filter(
        ids, rest.action(), rest.cause(), rest.reasonClass(), rest.since());
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
