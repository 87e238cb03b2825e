package dev.usher.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * What becomes of a request's body that nobody wants. A short one is read and dropped, and the
 * connection goes on. A long or endless one ends the connection, though not at once: closing a
 * socket with bytes unread resets it, and the client would never see its answer.
 */
final class Unread {

  /**
   * A body declared to be at most this long is cheaper to drop than a new connection is to make.
   */
  private static final long SHORT = 64 << 10;

  /** Time for the client to notice its answer and stop sending. */
  private static final long LINGER_MS = 1_000;

  private static final long NO_LENGTH = -1;

  private Unread() {}

  /** Bytes the client says it sends; -1 where it does not say. */
  static long declaredLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    // The decoder let only digits pass.
    return length == null ? NO_LENGTH : Long.parseLong(length);
  }

  /** Whether so much may follow that the connection must end with this answer. */
  static boolean isMuch(HttpServerRequest request) {
    if (request.isEnded()) {
      return false;
    }
    if (request.headers().contains(HttpHeaders.EXPECT)) {
      // Refused before it was told to go on, the client may send the body or not.
      return true;
    }
    long declared = declaredLength(request);
    return declared == NO_LENGTH
        ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        : declared > SHORT;
  }

  /** Closes once the client had time to hear why. */
  static void closeSoon(Vertx vertx, HttpConnection connection) {
    // Where it is closed before, the timer finds nothing to do: it must not take the place of the
    // handler that counts connections.
    var unused = vertx.setTimer(LINGER_MS, timeIsUp -> close(connection));
  }

  /** Drops what still comes, then closes. */
  static void drain(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpConnection connection = request.connection();
    closeSoon(context.vertx(), connection);
    if (request.isEnded()) {
      close(connection);
    } else {
      request
          .handler(dropped -> {})
          .exceptionHandler(broken -> close(connection))
          .endHandler(ended -> close(connection));
    }
  }

  private static void close(HttpConnection connection) {
    var unused = connection.close();
  }
}
