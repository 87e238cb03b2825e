package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotentRequestsTest {

  private static final Macs MACS = new Macs(new byte[] {1});

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4).start(Rig.action("mail"));
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  @Test
  void secondRequestWaitsForTheFirst() {
    Future<Accepted> first = send("k", "{}");
    Future<Accepted> second = send("k", "{}");
    rig.journal.read();
    rig.journal.answer();

    assertThat(second.isComplete()).as("before the commit").isFalse();
    rig.journal.commit();

    assertThat(first.result().isReplay()).isFalse();
    assertThat(second.result()).isEqualTo(new Accepted(first.result().receipt(), true));
    assertThat(rig.pipeline.totals().accepted()).isEqualTo(1);
  }

  @Test
  void keyWhoseFirstRequestFailedCanBeUsedAgain() {
    Future<Accepted> first = send("k", "{}");
    Future<Accepted> twin = send("k", "{}");
    rig.journal.read();
    rig.journal.answer();
    rig.journal.failCommit(false);
    rig.journal.reopen();

    assertThat(first.cause()).isInstanceOf(JournalUnavailable.class);
    assertThat(twin.cause()).isInstanceOf(JournalUnavailable.class);
    assertThat(sent("k", "{}").isReplay()).isFalse();
  }

  @Test
  void commitThatOnlySeemedToFailIsFoundAgain() {
    Future<Accepted> first = send("k", "{}");
    rig.journal.read();
    rig.journal.answer();
    rig.journal.failCommit(true);
    rig.journal.reopen();

    rig.settle();

    assertThat(first.isComplete()).isTrue();
    assertThat(sent("k", "{}").isReplay()).isTrue();
    assertThat(rig.pipeline.totals().accepted()).isEqualTo(1);
  }

  @Test
  void keyThatTheJournalTurnsOutToHaveStandsForItsSignupAndFreesTheSlot() {
    rig.invoker.slots("at.mail", 1);
    // As after a commit that failed, yet was durable, and shows once the file is open again.
    Future<Applied> hidden = rig.journal.write(acceptOf("k", "{}"));
    Future<Accepted> request = send("k", "{}");
    rig.journal.read();
    rig.journal.answer();
    rig.settle();

    assertThat(hidden.result().moved()).isTrue();
    assertThat(request.result().isReplay()).isTrue();
    assertThat(request.result().receipt().id()).isEqualTo("signup_hidden");
    assertThat(rig.invoker.taken("at.mail")).isZero();
    rig.accepted();
    assertThat(rig.invoker.sent()).as("the queue goes on").hasSize(1);
  }

  @Test
  void requestWithAnotherBodyIsJudgedOnceTheFirstHasEnded() {
    Future<Accepted> first = send("k", "{}");
    Future<Accepted> other = send("k", "{\"a\":1}");
    rig.settle();

    assertThat(first.succeeded()).isTrue();
    assertThat(other.cause()).isInstanceOf(KeyReused.class);
  }

  @Test
  void theRightBodyIsNotRefusedBecauseAWrongOneCameJustBefore() {
    Receipt accepted = sent("k", "{}").receipt();
    Future<Accepted> wrong = send("k", "{\"a\":1}");
    Future<Accepted> right = send("k", "{}");
    rig.settle();

    assertThat(wrong.cause()).isInstanceOf(KeyReused.class);
    assertThat(right.result().receipt().id()).isEqualTo(accepted.id());
  }

  @Test
  void keysOutliveTheProcess() {
    Receipt accepted = sent("k", "{}").receipt();
    rig.crash();
    rig.start(Rig.action("mail"));

    assertThat(sent("k", "{}").receipt().id()).isEqualTo(accepted.id());
  }

  private Accepted sent(String key, String body) {
    Future<Accepted> answer = send(key, body);
    rig.settle();
    return answer.result();
  }

  private Future<Accepted> send(String key, String body) {
    return rig.pipeline.acceptOnce(candidate(key, body));
  }

  private static Candidate candidate(String key, String body) {
    return new Candidate(body.getBytes(StandardCharsets.UTF_8), any -> false).withKey(MACS, key);
  }

  private Change.Accept acceptOf(String key, String body) {
    Candidate candidate = candidate(key, body);
    return new Change.Accept(
        new Signup(1_000, "signup_hidden", rig.loop.now(), candidate.payload()),
        1,
        List.of(),
        candidate.fingerprints());
  }
}
