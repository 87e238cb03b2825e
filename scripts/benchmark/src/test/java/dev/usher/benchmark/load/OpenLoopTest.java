package dev.usher.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  private static final long STALL_MS = 400;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<String> bodies = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void eachRequestThatCameWhileTheServerStoodStillIsCounted() {
    try (OpenLoop loop = new OpenLoop(server(20), 1)) {
      Load load = loop.run(100, Duration.ofSeconds(1));
      assertThat(load.answered()).isEqualTo(100);
      // The stall is 40 requests long; a generator that waits for answers would count one slow
      // request.
      assertThat(load.micros().getCountBetweenValues(STALL_MS * 1000 / 2, 10_000_000))
          .isGreaterThan(10);
    }
  }

  @Test
  void refusalsAreNoAnswers() {
    try (OpenLoop loop = new OpenLoop(server(0), 4)) {
      Load load = loop.run(200, Duration.ofMillis(100));
      assertThat(load.answered()).isZero();
      assertThat(load.refused()).isEqualTo(20);
    }
  }

  @Test
  void everyRequestIsOfAnotherPersonAndTheRateIsKept() {
    try (OpenLoop loop = new OpenLoop(server(-1), 4)) {
      Load load = loop.run(500, Duration.ofMillis(500));
      assertThat(load.answered()).isEqualTo(250);
      assertThat(bodies).hasSize(250);
      assertThat(load.seconds()).isBetween(0.49, 5.0);
    }
  }

  /** Stalls at the request of this number; refuses everything where that is 0. */
  private URI server(int stallAt) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  var unused = request.body().onSuccess(body -> answer(request, body, stallAt));
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/signups");
  }

  private void answer(HttpServerRequest request, Buffer body, int stallAt) {
    bodies.add(body.toString());
    if (requests.incrementAndGet() == stallAt) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STALL_MS));
    }
    request.response().setStatusCode(stallAt == 0 ? 503 : 202).end("{}");
  }
}
