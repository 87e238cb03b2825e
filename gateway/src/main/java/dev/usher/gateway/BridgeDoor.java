package dev.usher.gateway;

import dev.usher.bridge.Bridge;
import dev.usher.bridge.BridgeRules;
import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.config.BridgeSettings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where handlers in other languages join, if the settings want such a place. */
final class BridgeDoor {

  private final BridgeSettings settings;
  private final Duration drainLimit;
  private final ClusterMember member;
  private final Supplier<Set<String>> addresses;
  private @Nullable Bridge bridge;

  /**
   * Opens nothing yet.
   *
   * @param drainLimit longest wait for what is in flight at a handler that leaves
   * @param addresses those of the actions in force
   */
  BridgeDoor(
      BridgeSettings settings,
      Duration drainLimit,
      ClusterMember member,
      Supplier<Set<String>> addresses) {
    this.settings = settings;
    this.drainLimit = drainLimit;
    this.member = member;
    this.addresses = addresses;
  }

  Future<Void> open() {
    if (settings.port().isEmpty()) {
      return Future.succeededFuture();
    }
    return Bridge.open(
            member.vertx(),
            member.nodeId(),
            rules(settings.port().get()),
            address -> addresses.get().contains(address))
        .onSuccess(opened -> bridge = opened)
        .mapEmpty();
  }

  Future<Void> close() {
    return bridge == null ? Future.succeededFuture() : bridge.close();
  }

  /** Where it is, once it is open. */
  Optional<String> place() {
    return Optional.ofNullable(bridge).map(open -> settings.host() + ":" + open.port());
  }

  private BridgeRules rules(int port) {
    Optional<BridgeRules.Tls> tls =
        settings
            .certificate()
            .flatMap(
                certificate -> settings.key().map(key -> new BridgeRules.Tls(certificate, key)));
    return new BridgeRules(settings.host(), port, settings.token(), tls, drainLimit);
  }
}
