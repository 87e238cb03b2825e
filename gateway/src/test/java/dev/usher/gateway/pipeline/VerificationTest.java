package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Verification.Removal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signups that are there to verify an installation. */
class VerificationTest {

  private static final Macs MACS = new Macs("a key of 16 byte".getBytes(StandardCharsets.US_ASCII));

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4).start(Rig.action("mail"), Rig.optional("list"));
  }

  @AfterEach
  void close() {
    rig.journal.crash();
  }

  @Test
  void onlyTheLoopbackActionIsPlannedAndNoOtherSignupGetsIt() {
    Receipt verified = accepted(1).receipt();
    Receipt other = rig.accepted(Loopback.NAME, "list");

    assertThat(verified.lines()).extracting(Receipt.Line::action).containsExactly(Loopback.NAME);
    assertThat(verified.lines().get(0).required()).isTrue();
    assertThat(other.lines()).extracting(Receipt.Line::action).containsExactly("mail", "list");
  }

  @Test
  void itCompletesOnceTheLoopbackActionWasPerformed() {
    rig.invoker.slots(Loopback.ADDRESS, 8);
    String id = accepted(1).receipt().id();
    assertThat(rig.line(id, Loopback.NAME).state()).isEqualTo(DeliveryState.RUNNING);

    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void whatAGatewayLeftBehindIsDeliveredByTheNext() {
    rig.invoker.slots(Loopback.ADDRESS, 1);
    String running = accepted(1).receipt().id();
    String pending = accepted(2).receipt().id();

    rig.crash();
    rig.start(Rig.action("mail"));
    rig.invoker.slots(Loopback.ADDRESS, 1);
    rig.advance(Duration.ofSeconds(5));
    rig.answer(Outcome.SUCCEEDED);
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.receipt(running).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.receipt(pending).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void sentAgainItIsTheSameSignup() {
    Accepted first = accepted(1);
    Accepted again = accepted(1);

    assertThat(again.receipt().id()).isEqualTo(first.receipt().id());
    assertThat(again.isReplay()).isTrue();
  }

  @Test
  void itIsRemovedOnceNothingIsOwedToItAndTheTotalsStay() {
    rig.invoker.slots(Loopback.ADDRESS, 8);
    String id = accepted(1).receipt().id();
    assertThat(removed(id)).isEqualTo(Removal.STILL_OWED);

    rig.answer(Outcome.SUCCEEDED);

    assertThat(removed(id)).isEqualTo(Removal.REMOVED);
    assertThat(removed(id)).isEqualTo(Removal.UNKNOWN);
    assertThat(rig.pipeline.totals().accepted()).isEqualTo(1);
    assertThat(rig.pipeline.totals().completed()).isEqualTo(1);
    assertThat(accepted(1).receipt().id()).as("its key went with it").isNotEqualTo(id);
  }

  @Test
  void noOtherSignupCanBeRemovedSo() {
    rig.invoker.slots("at.mail", 8);
    String id = rig.accepted().id();
    rig.answer(Outcome.SUCCEEDED);

    assertThat(removed(id)).isEqualTo(Removal.UNKNOWN);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void eachRunIsAuditedOnce() {
    accepted(1);
    accepted(2);

    Future<List<AuditEntry>> audit =
        rig.pipeline.audit(
            new AuditEntry.Filter(Optional.empty(), Optional.empty(), Optional.empty()),
            Long.MAX_VALUE,
            10);
    rig.settle();

    assertThat(audit.result())
        .extracting(entry -> entry.token() + " " + entry.verb() + " " + entry.detail())
        .containsExactly("anna verify run-1");
  }

  private Accepted accepted(long number) {
    Candidate candidate =
        new Candidate("{}".getBytes(StandardCharsets.US_ASCII), key -> false)
            .withKey(MACS, "run-1:" + number);
    Future<Accepted> accepted =
        rig.pipeline.acceptToVerify(new Verification.Order(candidate, "run-1", "anna"));
    rig.settle();
    return accepted.result();
  }

  private Removal removed(String id) {
    Future<Removal> removed = rig.pipeline.removeVerified(id);
    rig.settle();
    return removed.result();
  }
}
