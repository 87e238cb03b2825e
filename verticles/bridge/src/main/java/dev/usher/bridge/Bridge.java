package dev.usher.bridge;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets handlers in any language join over TCP. It speaks the event-bus bridge protocol of Vert.x,
 * so its clients work; an address that a client registers at is announced as an instance of the
 * kit, with all that follows from it: slots, drain, duplicates that are absorbed.
 *
 * <p>Beyond the protocol, in headers of {@code register}: {@code usher-token}, {@code usher-slots},
 * {@code usher-handler}, {@code usher-version}, {@code usher-deployment}, {@code usher-language}. A
 * {@code register} or {@code unregister} with a {@code replyAddress} is answered when it is done.
 */
public final class Bridge {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
  private static final long CHECK_MS = 2_000;
  private static final int BACKLOG = 128;

  private final Surroundings around;
  private final NetServer server;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Set<Future<?>> leaving = new HashSet<>();
  private long checks;
  private boolean isDraining;

  /** What every connection stands on. */
  record Surroundings(
      Vertx vertx,
      Context loop,
      String node,
      BridgeRules rules,
      Predicate<String> permitted,
      Room room,
      Complaints complaints) {}

  private Bridge(Surroundings around) {
    this.around = around;
    this.server = around.vertx.createNetServer(options(around.rules));
  }

  /**
   * Listens.
   *
   * @param node Vert.x node id of this process
   * @param permitted says of an address whether clients may serve it and send to it now
   */
  public static Future<Bridge> open(
      Vertx vertx, String node, BridgeRules rules, Predicate<String> permitted) {
    Context loop = vertx.getOrCreateContext();
    Room room = new Room(Limits.UNFINISHED_BYTES);
    Surroundings around =
        new Surroundings(vertx, loop, node, rules, permitted, room, new Complaints());
    Bridge bridge = new Bridge(around);
    return bridge.onLoop(bridge::listen);
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /**
   * No client gets anything more, nor can it register; done when what they had in flight has ended,
   * or the limit for that is over.
   */
  public Future<Void> drain() {
    return onLoop(
        () -> {
          isDraining = true;
          return Future.join(connections.stream().map(Connection::drain).toList()).mapEmpty();
        });
  }

  /** Ends every connection: what is in flight at a client is told to be lost. */
  public Future<Void> close() {
    return onLoop(
        () -> {
          around.vertx.cancelTimer(checks);
          List.copyOf(connections).forEach(this::leave);
          return server.close().transform(closed -> onLoop(this::left));
        });
  }

  private Future<Bridge> listen() {
    checks = around.vertx.setPeriodic(CHECK_MS, timer -> check(System.nanoTime()));
    return server
        .connectHandler(this::connected)
        .listen()
        .map(this)
        .onFailure(failure -> around.vertx.cancelTimer(checks))
        .recover(failure -> Future.failedFuture(inWords(failure)));
  }

  private IllegalStateException inWords(Throwable failure) {
    return new IllegalStateException(
        "the bridge can't listen on "
            + around.rules.host()
            + ":"
            + around.rules.port()
            + ": "
            + failure.getMessage()
            + "; see bridge.host, bridge.port and bridge.tls",
        failure);
  }

  private void connected(NetSocket socket) {
    if (isDraining) {
      var unused = socket.close();
      return;
    }
    if (connections.size() >= Limits.CONNECTIONS) {
      around.complaints.add(
          socket.remoteAddress(),
          "is one too many for the bridge, which has " + Limits.CONNECTIONS);
      var unused = socket.close();
      return;
    }
    Connection connection = new Connection(around, socket);
    connections.add(connection);
    socket.exceptionHandler(failure -> LOG.debug("{}", socket.remoteAddress(), failure));
    socket.closeHandler(
        closed -> {
          connections.remove(connection);
          leave(connection);
        });
  }

  private void leave(Connection connection) {
    Future<?> left = connection.closed();
    leaving.add(left);
    left.onComplete(told -> around.loop.runOnContext(turn -> leaving.remove(left)));
  }

  /** Done when the handlers of every client that was closed are announced to be gone. */
  private Future<Void> left() {
    return Future.join(List.copyOf(leaving)).mapEmpty();
  }

  /** Done when every client was looked at as if it were that time. */
  Future<Void> checkAt(long nanos) {
    return onLoop(
        () -> {
          check(nanos);
          return Future.succeededFuture();
        });
  }

  private void check(long now) {
    List.copyOf(connections).forEach(connection -> connection.check(now));
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    around.loop.runOnContext(turn -> step.get().onComplete(promise));
    return promise.future();
  }

  private static NetServerOptions options(BridgeRules rules) {
    NetServerOptions options =
        new NetServerOptions()
            .setHost(rules.host())
            .setPort(rules.port())
            .setAcceptBacklog(BACKLOG)
            .setTcpKeepAlive(true);
    rules
        .tls()
        .ifPresent(
            tls ->
                options
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(tls.certificate().toString())
                            .setKeyPath(tls.key().toString())));
    return options;
  }
}
