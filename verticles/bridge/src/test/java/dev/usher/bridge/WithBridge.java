package dev.usher.bridge;

import dev.usher.bridge.fixture.ScriptedGateway;
import dev.usher.bridge.fixture.TcpClient;
import dev.usher.wire.Announcement;
import dev.usher.wire.InstanceState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A bridge on a free port, one gateway, and as many clients as a test wants. */
abstract class WithBridge {

  static final String EMAIL = "signup.email";
  static final String DELIVERY = "signup_1.mail";
  static final Set<String> ACTIONS = Set.of(EMAIL, "signup.crm");

  private static final long PATIENCE_SECONDS = 30;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);

  final Vertx vertx = Vertx.vertx();
  final ScriptedGateway gateway = new ScriptedGateway(vertx);
  private final List<TcpClient> clients = new ArrayList<>();
  private Optional<Bridge> bridge = Optional.empty();

  @AfterEach
  void close() {
    clients.forEach(TcpClient::close);
    bridge.ifPresent(open -> await(open.close()));
    await(vertx.close());
  }

  /** A client of the bridge, which is opened for the first one. */
  TcpClient client() {
    return client(new BridgeRules("127.0.0.1", 0, Optional.empty(), Optional.empty(), DRAIN_LIMIT));
  }

  /** The same where clients have to show a token. */
  TcpClient client(String token) {
    return client(
        new BridgeRules("127.0.0.1", 0, Optional.of(token), Optional.empty(), DRAIN_LIMIT));
  }

  /** The port of a bridge with these rules. */
  int port(BridgeRules rules) {
    if (bridge.isEmpty()) {
      bridge = Optional.of(await(Bridge.open(vertx, "node-1", rules, ACTIONS::contains)));
    }
    return bridge.get().port();
  }

  /** The bridge looks at its clients as it will when this time has passed. */
  void passes(Duration time) {
    await(bridge.orElseThrow().checkAt(System.nanoTime() + time.toNanos()));
  }

  /** The bridge is about to end: its clients get nothing more. */
  Future<Void> drain() {
    return bridge.orElseThrow().drain();
  }

  /** Ends the bridge; the next client or port is of a new one. */
  void closeBridge() {
    bridge.ifPresent(open -> await(open.close()));
    bridge = Optional.empty();
  }

  /** A client that serves the one address and has heard so. */
  Announcement registered(TcpClient client, String... headers) {
    client.register(EMAIL, headers);
    Announcement announced = gateway.announced(InstanceState.UP);
    String instance = client.heard().getJsonObject("body").getString("instance");
    while (!announced.instance().equals(instance)) {
      announced = gateway.announced(InstanceState.UP);
    }
    return announced;
  }

  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private TcpClient client(BridgeRules rules) {
    TcpClient client = new TcpClient(port(rules));
    clients.add(client);
    return client;
  }
}
