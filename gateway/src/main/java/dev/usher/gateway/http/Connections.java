package dev.usher.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one listener, so that nobody can hold many of them by saying next to nothing:
 * there are only so many, and a request must be there as a whole within its time. A time-out for
 * silence does not see who sends a byte now and then. Lives on the listener's event loop.
 */
final class Connections {

  private static final long LOOK_EVERY_MS = 500;

  /** What one connection does. */
  private static final class Client {
    private final StrictDecoder decoder;
    private @Nullable HttpServerRequest request;
    private long sinceNanos = System.nanoTime();

    Client(StrictDecoder decoder) {
      this.decoder = decoder;
    }
  }

  private final Vertx vertx;
  private final AtomicInteger open;
  private final int most;
  private final long limitNanos;
  private final Map<HttpConnection, Client> clients = new HashMap<>();

  /**
   * Watches nobody yet.
   *
   * @param open counts the connections of all listeners
   * @param most how many there may be
   * @param limit longest time for the head of a request, and again for its body
   */
  Connections(Vertx vertx, AtomicInteger open, int most, Duration limit) {
    this.vertx = vertx;
    this.open = open;
    this.most = most;
    this.limitNanos = limit.toNanos();
  }

  /**
   * Watches a server from its first connection on.
   *
   * @param options those of the server
   */
  HttpServer watch(
      HttpServer server, HttpServerOptions options, Handler<HttpServerRequest> handler) {
    vertx.setPeriodic(LOOK_EVERY_MS, fired -> look());
    return server
        .connectionHandler(
            connection -> {
              opened(connection, decoder(connection, options));
            })
        .requestHandler(
            request -> {
              began(request);
              handler.handle(request);
            });
  }

  private StrictDecoder decoder(HttpConnection connection, HttpServerOptions options) {
    return StrictDecoder.install(connection, options, () -> broken(connection));
  }

  private void opened(HttpConnection connection, StrictDecoder decoder) {
    boolean isTooMany = open.incrementAndGet() > most;
    connection.closeHandler(closed -> gone(connection));
    if (isTooMany) {
      close(connection);
    } else {
      clients.put(connection, new Client(decoder));
    }
  }

  private void gone(HttpConnection connection) {
    open.decrementAndGet();
    clients.remove(connection);
  }

  private void began(HttpServerRequest request) {
    Client client = clients.get(request.connection());
    if (client != null) {
      client.request = request;
      client.sinceNanos = System.nanoTime();
    }
  }

  private void look() {
    long now = System.nanoTime();
    for (Iterator<Map.Entry<HttpConnection, Client>> all = clients.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<HttpConnection, Client> one = all.next();
      if (isTooSlow(one.getValue(), now)) {
        all.remove();
        end(one.getKey(), one.getValue(), tooSlow());
      }
    }
  }

  private boolean isTooSlow(Client client, long now) {
    HttpServerRequest request = client.request;
    if (request != null && request.isEnded()) {
      if (request.response().ended()) {
        client.request = null;
      }
      // While it is answered, and until the next look after that, it is the gateway's turn.
      client.sinceNanos = now;
      return false;
    }
    return now - client.sinceNanos > limitNanos;
  }

  /** Of a request with a body that can't be read to its end. */
  private void broken(HttpConnection connection) {
    Client client = clients.remove(connection);
    if (client != null) {
      end(connection, client, Problem.of(400));
    }
  }

  private Problem tooSlow() {
    return new Problem(
        408,
        "too-slow",
        "The request was not there as a whole after "
            + TimeUnit.NANOSECONDS.toSeconds(limitNanos)
            + " s.");
  }

  private void end(HttpConnection connection, Client client, Problem problem) {
    HttpServerRequest request = client.request;
    if (request == null) {
      endWithoutRequest(connection, client, problem);
    } else if (request.response().headWritten()) {
      close(connection);
    } else {
      var unused =
          request
              .response()
              .setStatusCode(problem.status())
              .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
              .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
              .end(problem.body())
              .onComplete(answered -> Unread.closeSoon(vertx, connection));
    }
  }

  /** Half a head is answered; a connection kept open without saying a thing is only closed. */
  private void endWithoutRequest(HttpConnection connection, Client client, Problem problem) {
    if (!client.decoder.isWithinRequest()) {
      close(connection);
      return;
    }
    StrictDecoder.send(connection, bare(problem));
    Unread.closeSoon(vertx, connection);
  }

  private static String bare(Problem problem) {
    String body = problem.body().toString();
    return "HTTP/1.1 "
        + HttpResponseStatus.valueOf(problem.status())
        + "\r\ncontent-type: "
        + Problem.MEDIA_TYPE
        + "\r\nconnection: close\r\ncontent-length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static void close(HttpConnection connection) {
    var unused = connection.close();
  }
}
