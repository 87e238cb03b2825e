package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasuresTest {

  private static final byte[] ADA = "ada".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BOB = "bob".getBytes(StandardCharsets.US_ASCII);
  private static final String NOTICE = "mail.erased";

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder, 64).start(Rig.told("mail"), Rig.optional("crm"));
  }

  @Test
  void whatWaitsIsCancelledAndNobodyIsToldOfWhatWasNeverSent() {
    String id = accepted(ADA, "crm");

    assertThat(erase(id)).isEqualTo(new Erasures.Report(1, 1));

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.line(id, "crm").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.FAILED);
    assertThat(rig.pipeline.totals().failed()).isEqualTo(1);
    assertThat(rig.pipeline.totals().all().planned()).isEqualTo(2);
    assertThat(rig.journal.scrubs()).isEqualTo(1);
  }

  @Test
  void nothingErasedIsSentWhenItsHandlerComes() {
    String id = accepted(ADA);
    String other = accepted(BOB);
    erase(id);

    rig.invoker.slots("at.mail", 8);
    rig.settle();

    assertThat(rig.sentSeqs("mail")).containsExactly(2L);
    assertThat(rig.line(other, "mail").state()).isEqualTo(DeliveryState.RUNNING);
  }

  @Test
  void noticeFollowsWhatWasDeliveredAndIsRetriedUntilItIsHeard() {
    String id = delivered(ADA);

    erase(id);
    rig.invoker.slots("at.mail.erased", 8);
    rig.settle();
    rig.answer(Outcome.FAILED);
    rig.advance(Duration.ofSeconds(2));
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.sentSeqs(NOTICE)).containsExactly(1L, 1L);
    assertThat(notices().succeeded()).isEqualTo(1);
    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.receipt(id).lines()).extracting(Receipt.Line::action).containsExactly("mail");
  }

  @Test
  void noticeCarriesNoPayload() {
    String id = delivered(ADA);

    erase(id);
    rig.invoker.slots("at.mail.erased", 8);
    rig.settle();

    Attempt notice = rig.invoker.sent().get(rig.invoker.sent().size() - 1);
    assertThat(notice.delivery().id()).isEqualTo(id + ".mail.erased");
    assertThat(notice.delivery().signup().isErased()).isTrue();
  }

  @Test
  void noticeWaitsForTheAttemptUnderWayWhichIsTheLast() {
    rig.invoker.slots("at.mail", 8);
    rig.invoker.slots("at.mail.erased", 8);
    String id = accepted(ADA);

    erase(id);
    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.RUNNING);
    assertThat(rig.sentSeqs(NOTICE)).isEmpty();

    rig.answer(Outcome.FAILED);
    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    rig.advance(Rig.TIMEOUT);

    assertThat(rig.sentSeqs(NOTICE)).containsExactly(1L);
    assertThat(rig.sentSeqs("mail")).containsExactly(1L);
    rig.advance(Duration.ofMinutes(30));
    assertThat(rig.sentSeqs("mail")).containsExactly(1L);
  }

  @Test
  void successOfTheAttemptUnderWayStillCounts() {
    rig.invoker.slots("at.mail", 8);
    String id = accepted(ADA);

    erase(id);
    rig.answer(Outcome.SUCCEEDED);

    assertThat(rig.receipt(id).state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void attemptThatACrashLeftInDoubtIsTheLastToo() {
    rig.invoker.slots("at.mail", 8);
    String id = accepted(ADA);
    erase(id);

    rig.crash();
    rig.start(Rig.told("mail"), Rig.optional("crm"));
    rig.invoker.slots("at.mail", 8);
    rig.invoker.slots("at.mail.erased", 8);
    rig.advance(Duration.ofMinutes(1));

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.sentSeqs("mail")).isEmpty();
    assertThat(rig.sentSeqs(NOTICE)).containsExactly(1L);
  }

  @Test
  void deadLetterIsCancelledAsNobodyCanSendItAgain() {
    rig.invoker.slots("at.mail", 8);
    String id = accepted(ADA);
    rig.answer(Outcome.REJECTED);

    erase(id);

    assertThat(rig.line(id, "mail").state()).isEqualTo(DeliveryState.CANCELLED);
    assertThat(rig.pipeline.totals().all().dead()).isZero();
    assertThat(notices().planned()).isEqualTo(1);
  }

  @Test
  void erasingAgainDoesNothingButLooksForLeftovers() {
    String id = delivered(ADA);
    erase(id);

    assertThat(erase(id)).isEqualTo(new Erasures.Report(1, 0));

    assertThat(notices().planned()).isEqualTo(1);
    assertThat(rig.journal.scrubs()).isEqualTo(2);
  }

  @Test
  void allSignupsOfAPersonAreErasedPageByPageAndNobodyElses() {
    for (int i = 0; i < 450; i++) {
      accepted(i % 2 == 0 ? ADA : BOB);
    }

    assertThat(erase(Erasures.Order.ofPerson(ADA, true, "local")))
        .isEqualTo(new Erasures.Report(225, 0));
    assertThat(erase(Erasures.Order.ofPerson(ADA, false, "local")))
        .isEqualTo(new Erasures.Report(225, 225));
    assertThat(erase(Erasures.Order.ofPerson(ADA, false, "local")))
        .isEqualTo(new Erasures.Report(0, 0));
    assertThat(rig.pipeline.totals().all().cancelled()).isEqualTo(225);
    assertThat(rig.pipeline.totals().all().pending()).isEqualTo(225);
  }

  @Test
  void unknownSignupMatchesNothing() {
    assertThat(erase("signup_nobody")).isEqualTo(new Erasures.Report(0, 0));
  }

  @Test
  void noticeOfAnActionThatIsGoneWaitsForItsReturn() {
    rig.invoker.slots("at.mail", 8);
    rig.invoker.slots("at.mail.erased", 8);
    String id = accepted(ADA);
    rig.answer(Outcome.SUCCEEDED);
    rig.invoker.slots("at.mail.erased", 0);
    erase(id);

    rig.configure(Rig.action("other"));
    rig.invoker.slots("at.mail.erased", 8);
    rig.settle();
    assertThat(rig.sentSeqs(NOTICE)).isEmpty();

    rig.configure(Rig.told("mail"));
    rig.settle();
    assertThat(rig.sentSeqs(NOTICE)).containsExactly(1L);
  }

  private String accepted(byte[] person, String... keys) {
    byte[] payload = "{\"username\":\"ada\"}".getBytes(StandardCharsets.UTF_8);
    Future<Receipt> accepted =
        rig.pipeline.accept(
            new Candidate(
                payload,
                Set.of(keys)::contains,
                Fingerprints.ofPerson(Arrays.copyOf(person, Macs.BYTES))));
    rig.settle();
    return accepted.result().id();
  }

  private String delivered(byte[] person) {
    rig.invoker.slots("at.mail", 8);
    String id = accepted(person);
    rig.answer(Outcome.SUCCEEDED);
    return id;
  }

  private Erasures.Report erase(String id) {
    return erase(Erasures.Order.ofSignup(id, false, "local"));
  }

  private Erasures.Report erase(Erasures.Order order) {
    Erasures.Order same =
        order.id().isPresent()
            ? order
            : new Erasures.Order(
                order.id(),
                Arrays.copyOf(order.person(), Macs.BYTES),
                order.isDryRun(),
                order.token());
    Future<Erasures.Report> report = rig.pipeline.erase(same);
    rig.settle();
    return report.result();
  }

  private Totals.Deliveries notices() {
    return rig.pipeline.totals().of(NOTICE);
  }
}
