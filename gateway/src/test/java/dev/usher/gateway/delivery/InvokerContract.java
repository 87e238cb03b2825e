package dev.usher.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.delivery.TwoMembers.Told;
import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the pipeline may rely on, however handlers are reached. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InvokerContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);

  TwoMembers members;
  private TestCluster cluster;

  @BeforeAll
  void join() {
    cluster = new TestCluster();
    members = new TwoMembers(cluster);
    serve();
    members.until(() -> isPresent());
  }

  @AfterAll
  void leave() {
    members.stop();
    cluster.close();
  }

  /** Starts the one handler. */
  abstract void serve();

  abstract void succeedWith(String result);

  abstract void rejectWith(String reason);

  abstract void retryAfterSeconds(int seconds, String reason);

  abstract void saySilence();

  @Test
  void successCarriesItsResult() {
    succeedWith("{\"sent\":1}");

    Ending ending = members.sent(LONG);

    assertThat(ending.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(ending.text()).isEqualTo("{\"sent\":1}");
  }

  @Test
  void rejectionCarriesItsReason() {
    rejectWith("no such mailbox");

    Ending ending = members.sent(LONG);

    assertThat(ending.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(ending.text()).isEqualTo("no such mailbox");
  }

  @Test
  void failureMayAskForAWait() {
    retryAfterSeconds(7, "greylisted");

    Ending ending = members.sent(LONG);

    assertThat(ending).isEqualTo(new Ending(Outcome.FAILED, Duration.ofSeconds(7), "greylisted"));
  }

  @Test
  void silenceTimesOut() {
    saySilence();
    Attempt attempt = members.attempt(SHORT);
    members.send(attempt);

    Told timedOut = members.next();
    assertThat(timedOut.ending().outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(timedOut.isLate()).isFalse();
  }

  @Test
  void reservedSlotComesBackWhenItIsReleased() {
    var slot = members.reserve().orElseThrow();
    int before = inFlight();

    members.now(
        () -> {
          members.invoker.release(slot);
          return true;
        });

    assertThat(inFlight()).isEqualTo(before - 1);
  }

  @Test
  void everyEndGivesItsSlotBack() {
    succeedWith("1");
    int before = inFlight();

    members.sent(LONG);

    assertThat(inFlight()).isEqualTo(before);
  }

  private int inFlight() {
    return members.now(
        () -> members.invoker.handlers().stream().mapToInt(one -> one.inFlight()).sum());
  }

  private boolean isPresent() {
    return members.invoker.handlers().stream()
        .anyMatch(one -> one.address().equals(members.address));
  }
}
