package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HangWatchTest {

  private long now;
  private Promise<Void> turn = Promise.promise();
  private final HangWatch watch = new HangWatch(() -> now);
  private final List<Part> parts =
      List.of(
          new Part(
              "crm", "signup.crm", Duration.ZERO, () -> turn.future(), Future::succeededFuture));

  @Test
  void handlerWhoseLoopTakesNoTurnHangsUntilItDoes() {
    watch.look(parts);
    now += HangWatch.PATIENCE.toNanos() - 1;
    watch.look(parts);
    assertThat(watch.hangs(parts.get(0))).isFalse();

    now += 1;
    watch.look(parts);
    assertThat(watch.hangs(parts.get(0))).isTrue();

    turn.complete();
    turn = Promise.promise();
    watch.look(parts);
    assertThat(watch.hangs(parts.get(0))).isFalse();
  }

  @Test
  void handlerThatIsGoneIsForgotten() {
    watch.look(parts);
    now += HangWatch.PATIENCE.toNanos();
    watch.look(parts);

    watch.look(List.of());

    assertThat(watch.hangs(parts.get(0))).isFalse();
  }
}
