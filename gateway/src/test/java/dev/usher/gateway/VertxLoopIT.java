package dev.usher.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Loop;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxLoopIT {

  private final Vertx vertx = Vertx.vertx();
  private final VertxLoop loop = new VertxLoop(vertx);

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void everyStepRunsOnTheSameThread() throws Exception {
    CompletableFuture<Thread> run = new CompletableFuture<>();
    CompletableFuture<Thread> timer = new CompletableFuture<>();

    loop.run(() -> run.complete(Thread.currentThread()));
    Loop.Timer unused =
        loop.after(Duration.ofMillis(1), () -> timer.complete(Thread.currentThread()));

    assertThat(run.get(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    assertThat(timer.get(10, TimeUnit.SECONDS)).isSameAs(run.get());
    assertThat(unused).isNotNull();
  }

  @Test
  void stepFromTheLoopItselfRunsAtOnce() throws Exception {
    CompletableFuture<List<String>> order = new CompletableFuture<>();

    loop.run(
        () -> {
          List<String> steps = new ArrayList<>();
          loop.run(() -> steps.add("inner"));
          steps.add("outer");
          order.complete(steps);
        });

    assertThat(order.get(10, TimeUnit.SECONDS)).containsExactly("inner", "outer");
  }

  @Test
  void cancelledTimerNeverRuns() throws Exception {
    CompletableFuture<String> first = new CompletableFuture<>();

    loop.run(
        () -> {
          Loop.Timer cancelled =
              loop.after(Duration.ofMillis(1), () -> first.complete("cancelled"));
          Loop.Timer kept = loop.after(Duration.ofMillis(50), () -> first.complete("kept"));
          cancelled.cancel();
          assertThat(kept).isNotNull();
        });

    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("kept");
  }
}
