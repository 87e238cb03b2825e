package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What random histories, or a close look, found where one part of the pipeline meets another. */
class SeamsTest {

  private static final String NOTICE = "mail.erased";

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void start() {
    rig = new Rig(folder, 64).start(Rig.told("mail"));
    rig.invoker.slots("at.mail", 8);
    rig.invoker.slots("at.mail.erased", 8);
  }

  @AfterEach
  void stop() throws SQLException {
    rig.checkBooks();
    rig.journal.crash();
  }

  @Test
  void unwritableOutcomeIsBuriedOnceTheJournalIsBack() {
    String id = rig.accepted().id();
    rig.invoker.answer(Outcome.SUCCEEDED);
    rig.journal.refuse(change -> change instanceof Change.End);
    rig.journal.failCommit(false);
    assertThat(state(id)).isEqualTo(DeliveryState.RUNNING);

    rig.journal.reopen();
    var unused = rig.pipeline.resume();
    rig.settle();

    assertThat(state(id)).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void unwritableOutcomeOfAnErasedSignupLeavesNothingToSendAgain() {
    String id = rig.accepted().id();
    erase(id);
    rig.settle();
    rig.invoker.answer(Outcome.FAILED);
    rig.journal.refuse(change -> change instanceof Change.End);
    rig.settle();

    assertThat(state(id)).isEqualTo(DeliveryState.CANCELLED);
  }

  @Test
  void noticeThatStartsBeforeItsErasureIsHeardOfIsRetriedLikeAnyOther() {
    String one = delivered();
    String other = delivered();
    erase(one);
    erase(other);
    for (int erasure = 0; erasure < 2; erasure++) {
      rig.journal.read();
      rig.journal.answer();
      rig.journal.commitUnheard();
    }
    // The first has the notices read: also the second's, which is still to be heard of.
    rig.journal.hear();
    for (int page = 0; page < 8; page++) {
      rig.journal.read();
      rig.journal.answer();
    }
    rig.settle();
    assertThat(rig.sentSeqs(NOTICE)).containsExactly(1L, 2L);
    rig.invoker
        .inFlight()
        .forEach(attempt -> rig.invoker.answer(attempt, new Ending(Outcome.FAILED, "")));
    rig.settle();
    rig.advance(Duration.ofSeconds(2));
    rig.invoker.succeedAll();
    rig.settle();

    assertThat(rig.pipeline.totals().of(NOTICE).succeeded()).isEqualTo(2);
  }

  @Test
  void noticeOwedUnderAnEarlierConfigurationGoesOutWhenThatIsBack() {
    String id = delivered();
    erase(id);
    rig.journal.read();
    rig.journal.answer();
    rig.configure(Rig.action("mail"));
    rig.settle();
    assertThat(rig.pipeline.totals().of(NOTICE).delayed()).isEqualTo(1);

    rig.configure(Rig.told("mail"));
    rig.settle();

    assertThat(rig.sentSeqs(NOTICE)).containsExactly(1L);
  }

  private String delivered() {
    String id = rig.accepted().id();
    rig.answer(Outcome.SUCCEEDED);
    return id;
  }

  /** Its first step is a query. */
  private void erase(String id) {
    Future<Erasures.Report> unused =
        rig.pipeline.erase(Erasures.Order.ofSignup(id, false, "local"));
  }

  private DeliveryState state(String id) {
    Future<Optional<Receipt>> found = rig.pipeline.receipt(id);
    while (!found.isComplete()) {
      rig.journal.read();
      rig.journal.answer();
    }
    return found.result().orElseThrow().lines().get(0).state();
  }
}
