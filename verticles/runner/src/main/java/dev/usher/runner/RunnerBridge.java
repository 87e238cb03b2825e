package dev.usher.runner;

import dev.usher.bridge.BridgeDoor;
import dev.usher.bridge.BridgeSettings;
import dev.usher.cluster.ClusterMember;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/**
 * The bridge of a runner, for handlers that people run by hand, if its settings want one. What the
 * runner itself has started is on a {@link ScriptBridge}, whatever the settings.
 */
final class RunnerBridge {

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

  private final BridgeDoor door;

  private RunnerBridge(BridgeDoor door) {
    this.door = door;
  }

  /** Done when it listens, if it is to. */
  static Future<RunnerBridge> open(ClusterMember member, BridgeSettings settings) {
    return ActionAddresses.of(member.vertx())
        .map(addresses -> new BridgeDoor(settings, DRAIN_LIMIT, member, addresses))
        .compose(door -> door.open().map(new RunnerBridge(door)));
  }

  /** Where it is, if it is open. */
  Optional<String> place() {
    return door.place();
  }

  /** Gives its clients nothing more, and ends once what they have is finished; never fails. */
  Future<Void> close() {
    return door.drain().transform(drained -> door.close()).otherwiseEmpty();
  }
}
