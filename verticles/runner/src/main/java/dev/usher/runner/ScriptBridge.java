package dev.usher.runner;

import dev.usher.bridge.Bridge;
import dev.usher.bridge.BridgeRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The bridge that the scripts of this runner connect to, on loopback, with a token that only they
 * know. Opened for the first of them.
 */
final class ScriptBridge {

  private static final String HOST = "127.0.0.1";
  private static final int TOKEN_BYTES = 32;
  private static final long PATIENCE_SECONDS = 30;

  /** The script has a limit of its own, which is shorter, and leaves when it is over. */
  private static final Duration DRAIN_LIMIT = Duration.ofHours(1);

  private final Vertx vertx;
  private final String node;
  private final String token = token();
  private @Nullable Bridge bridge;

  ScriptBridge(Vertx vertx, String node) {
    this.vertx = vertx;
    this.node = node;
  }

  /** What tells a script where it is. */
  synchronized Map<String, String> variables() throws CannotDeploy {
    Bridge open = bridge == null ? open() : bridge;
    bridge = open;
    return Map.of("USHER_BRIDGE", HOST + ":" + open.port(), "USHER_BRIDGE_TOKEN", token);
  }

  /** Ends it; nobody is connected any more. */
  synchronized void close() {
    if (bridge != null) {
      var unused = bridge.close();
      bridge = null;
    }
  }

  private Bridge open() throws CannotDeploy {
    BridgeRules rules = new BridgeRules(HOST, 0, Optional.of(token), Optional.empty(), DRAIN_LIMIT);
    Future<Bridge> opening = Bridge.open(vertx, node, rules, ScriptBridge::isPermitted);
    try {
      return opening
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CannotDeploy("the runner can't open a bridge for it: " + e, e);
    } catch (InterruptedException e) {
      throw new CannotDeploy("the runner ends", e);
    }
  }

  /** A script serves what it wants to, but is no part of how gateways and instances talk. */
  private static boolean isPermitted(String address) {
    return !address.startsWith("usher.")
        && !address.startsWith("__vertx.")
        && !address.contains("@");
  }

  private static String token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
