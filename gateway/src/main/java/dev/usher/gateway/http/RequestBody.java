package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Overloaded;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The body of one request, as it comes in. What is longer than the limit is refused before it is
 * read where its length is declared, else as soon as it is too long; it is never kept. Lives on the
 * request's event loop.
 */
final class RequestBody {

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final RoutingContext request;
  private final int limit;
  private final BodyRoom.Share room;
  private final Consumer<byte[]> whenRead;
  private Buffer read = Buffer.buffer();
  private boolean isRefused;

  private RequestBody(RoutingContext request, int limit, BodyRoom room, Consumer<byte[]> whenRead) {
    this.request = request;
    this.limit = limit;
    this.room = room.open();
    this.whenRead = whenRead;
  }

  /** Reads a body of somebody with a token. */
  static void read(RoutingContext request, int limit, Consumer<byte[]> whenRead) {
    read(request, limit, BodyRoom.ENDLESS, whenRead);
  }

  /**
   * Reads a body to its end, or ends the request with a problem.
   *
   * @param limit longest body taken, in bytes
   * @param room what all bodies of the port share until they are whole
   * @param whenRead is handed the whole body
   */
  static void read(RoutingContext request, int limit, BodyRoom room, Consumer<byte[]> whenRead) {
    if (Unread.declaredLength(request.request()) > limit) {
      Answers.problem(request, tooLarge(limit));
    } else if (isToContinue(request)) {
      new RequestBody(request, limit, room, whenRead).listen();
    }
  }

  private static Problem tooLarge(int limit) {
    return new Problem(
        413, "too-large", "The body is longer than the " + limit + " bytes this gateway takes.");
  }

  /** Some clients ask before they send. They have their answer by now if it is no. */
  static boolean isToContinue(RoutingContext context) {
    HttpServerRequest request = context.request();
    String expected = request.getHeader(HttpHeaders.EXPECT);
    if (expected == null || request.version() == HttpVersion.HTTP_1_0) {
      return true;
    }
    if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      Answers.problem(context, Problem.of(417));
      return false;
    }
    var unused = context.response().writeContinue();
    return true;
  }

  private void listen() {
    request.request().handler(this::more).endHandler(this::end).exceptionHandler(this::broken);
  }

  private void more(Buffer piece) {
    if (isRefused) {
      return;
    }
    if (read.length() + piece.length() > limit) {
      refuse(tooLarge(limit));
    } else if (!room.grow(read.length() + piece.length())) {
      refuse(new Overloaded("too many requests are coming in slowly", RETRY));
    } else {
      read.appendBuffer(piece);
    }
  }

  private void end(Void ended) {
    if (isRefused) {
      return;
    }
    room.close();
    try {
      whenRead.accept(read.getBytes());
    } catch (RuntimeException e) {
      // Here, outside the router's own turn, nobody else would answer.
      request.fail(e);
    }
  }

  private void broken(Throwable cause) {
    room.close();
    if (!isRefused && !(cause instanceof HttpClosedException)) {
      refuse(Problem.of(400));
    }
  }

  private void refuse(Problem problem) {
    drop();
    Answers.problem(request, problem);
  }

  private void refuse(Overloaded overloaded) {
    drop();
    Answers.failed(request, overloaded);
  }

  private void drop() {
    isRefused = true;
    read = Buffer.buffer();
    room.close();
  }
}
