package dev.usher.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.http.fixture.OpenPorts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader that does not keep up, on a real socket. */
class FeedReaderIT {

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Vertx vertx = Vertx.vertx();
  private final FeedRing ring = new FeedRing();
  private final AtomicReference<FeedReader> reader = new AtomicReference<>();
  private final AtomicReference<Context> context = new AtomicReference<>();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    Router router = Router.router(vertx);
    router
        .route("/events")
        .handler(
            request -> {
              context.set(vertx.getOrCreateContext());
              EventStream stream = EventStream.open(request, IDLE, () -> isClosed.set(true));
              reader.set(new FeedReader(stream, ring, this::snapshot, 0));
            });
    server =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setIdleTimeout((int) IDLE.toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS))
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aSlowReaderMissesWhatTheRingLetGoAndBeginsAnew() throws Exception {
    try (Socket socket = ask()) {
      flood(400);
      StringBuilder all = new StringBuilder();
      byte[] piece = new byte[1 << 16];
      while (all.indexOf("id: r-400\n") < 0) {
        int length = socket.getInputStream().read(piece);
        assertThat(length).isPositive();
        all.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
      }

      assertThat(all).contains("id: r-1\n", "event: reset\ndata: all\n");
      assertThat(all).doesNotContain("id: r-300\n");
    }
  }

  @Test
  void aReaderThatTakesNothingIsCutOff() throws Exception {
    try (Socket socket = ask()) {
      flood(400);

      OpenPorts.until(isClosed::get);
      assertThat(socket.isClosed()).isFalse();
    }
  }

  private Socket ask() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.actualPort());
    socket
        .getOutputStream()
        .write("GET /events HTTP/1.1\r\nHost: usher\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    OpenPorts.until(() -> reader.get() != null);
    return socket;
  }

  /** Far more than the sockets' buffers and the ring hold. */
  private void flood(int events) throws Exception {
    Buffer data = Buffer.buffer("x".repeat(100_000));
    for (int i = 0; i < events; i++) {
      await(
          Future.future(
              done ->
                  context
                      .get()
                      .runOnContext(
                          turn -> {
                            ring.add("r-", "news", data);
                            reader.get().read();
                            done.complete();
                          })));
    }
  }

  private Future<Buffer> snapshot(long number) {
    return Future.succeededFuture(EventStream.event("r-" + number, "reset", Buffer.buffer("all")));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
