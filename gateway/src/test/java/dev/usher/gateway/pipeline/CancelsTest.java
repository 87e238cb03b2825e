package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.BookCheck;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a signup that a person cancels. */
class CancelsTest {

  private static final String AUDITED = "SELECT count(*) FROM audit WHERE detail = '%s'";

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4).start(Rig.action("mail"), Rig.action("crm"), Rig.optional("list"));
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  @Test
  void everythingPendingIsCancelledAndNeverAttempted() {
    String id = rig.accepted("list").id();

    Cancellation.Report report = cancel(id);

    assertThat(report.matched()).isEqualTo(3);
    assertThat(report.done()).isEqualTo(3);
    assertThat(report.receipt()).isEqualTo(rig.receipt(id));
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);
    handlersCome();
    assertThat(rig.invoker.sent()).isEmpty();
    assertThat(count(AUDITED.replace("%s", id + " because a test"))).isEqualTo(1);
  }

  @Test
  void oneActionIsCancelledAndTheOthersGoOn() {
    String id = rig.accepted("list").id();

    assertThat(cancel(id, "list").done()).isEqualTo(1);

    assertThat(rig.line(id, "list").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.receipt(id).state()).as("optional").isEqualTo(SignupState.OPEN);
    handlersCome();
    assertThat(rig.invoker.sent()).extracting(one -> one.delivery().action()).hasSize(2);
  }

  @Test
  void whatComesAfterACancelledDeliveryIsDead() {
    Action crm = Rig.action("crm");
    rig.pipeline.configure(new Actions(List.of(crm, Rig.after(crm, "list", Duration.ZERO))), 2);
    rig.settle();
    String id = rig.accepted("list").id();

    cancel(id, "crm");

    assertThat(rig.line(id, "list").state()).isEqualTo(DeliveryState.DEAD);
    assertThat(count("SELECT count(*) FROM delivery WHERE state = 3 AND cause = 3")).isEqualTo(1);
  }

  @Test
  void whatComesAfterACancelledDeliveryIsCancelledWithItWhereBothAreMeant() {
    Action crm = Rig.action("crm");
    rig.pipeline.configure(new Actions(List.of(crm, Rig.after(crm, "list", Duration.ZERO))), 2);
    rig.settle();
    String id = rig.accepted("list").id();

    assertThat(cancel(id).done()).isEqualTo(2);
  }

  @Test
  void neighboursInTheWindowKeepTheirOrder() {
    rig.accepted();
    String second = rig.accepted().id();
    rig.accepted();

    cancel(second);
    handlersCome();

    assertThat(rig.sentSeqs("mail")).containsExactly(1L, 3L);
  }

  @Test
  void whatRunsMayStillSucceed() {
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();

    Cancellation.Report report = cancel(id);
    rig.answer(Outcome.SUCCEEDED);

    assertThat(report.matched()).isEqualTo(2);
    assertThat(report.done()).as("crm alone").isEqualTo(1);
    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.SUCCEEDED);
  }

  @Test
  void whatRunsIsNotAttemptedAgainOnceItFailed() {
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();

    cancel(id);
    rig.answer(Outcome.FAILED);
    rig.advance(Duration.ofMinutes(5));

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.invoker.sent()).hasSize(1);
    assertThat(rig.pipeline.totals().all().pending()).isZero();
  }

  @Test
  void whatRanWhenTheProcessDiedIsCancelledToo() {
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();
    cancel(id);

    rig.crash();
    rig.start(Rig.action("mail"), Rig.action("crm"), Rig.optional("list"));
    handlersCome();
    rig.advance(Duration.ofMinutes(5));

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.invoker.sent()).isEmpty();
  }

  @Test
  void startThatComesAfterTheCancelIsRefusedByTheJournal() {
    String id = rig.accepted().id();
    Future<Optional<Cancellation.Report>> report = rig.pipeline.cancel(order(id, Optional.empty()));
    rig.journal.read();
    rig.journal.answer();
    rig.invoker.slots("at.mail", 8);

    rig.settle();

    assertThat(report.result().orElseThrow().done()).isEqualTo(2);
    assertThat(rig.invoker.sent()).isEmpty();
    assertThat(rig.invoker.inFlight()).isEmpty();
  }

  @Test
  void waitForTheNextAttemptEnds() {
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();
    rig.answer(Outcome.FAILED);

    cancel(id, "mail");
    rig.advance(Duration.ofMinutes(5));

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.invoker.sent()).hasSize(1);
  }

  @Test
  void deadLettersStayWhatTheyAreAndCanBeRedriven() {
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();
    cancel(id);
    rig.answer(Outcome.REJECTED);
    assertThat(cancel(id).matched()).as("nothing is open").isZero();

    var unused =
        rig.pipeline.repair(
            new Repairs.Order(
                Repair.REDRIVE,
                DeadLetter.Filter.ALL,
                false,
                java.util.OptionalInt.empty(),
                "local",
                ""));
    rig.settle();
    rig.answer(Outcome.FAILED);
    rig.advance(Duration.ofMinutes(1));

    assertThat(rig.invoker.inFlight()).as("wanted again").hasSize(1);
  }

  @Test
  void unknownSignupsAndActionsAreTold() {
    String id = rig.accepted().id();

    assertThat(await(order("signup_0", Optional.empty()))).isEmpty();
    assertThat(await(order(id, Optional.of("list")))).as("not planned").isEmpty();
    assertThat(count("SELECT count(*) FROM audit")).isZero();
  }

  private void handlersCome() {
    rig.invoker.slots("at.mail", 8);
    rig.invoker.slots("at.crm", 8);
    rig.invoker.slots("at.list", 8);
    rig.settle();
  }

  private Cancellation.Report cancel(String id) {
    return await(order(id, Optional.empty())).orElseThrow();
  }

  private Cancellation.Report cancel(String id, String action) {
    return await(order(id, Optional.of(action))).orElseThrow();
  }

  private static Cancellation order(String id, Optional<String> action) {
    return new Cancellation(id, action, "local", "a test");
  }

  private Optional<Cancellation.Report> await(Cancellation order) {
    Future<Optional<Cancellation.Report>> report = rig.pipeline.cancel(order);
    rig.settle();
    assertThat(report.succeeded()).isTrue();
    return report.result();
  }

  private long count(String sql) {
    return BookCheck.count(folder.resolve("journal.db"), sql);
  }
}
