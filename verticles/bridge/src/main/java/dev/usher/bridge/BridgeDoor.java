package dev.usher.bridge;

import dev.usher.cluster.ClusterMember;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bridge of a process of the cluster, if its settings want one. */
public final class BridgeDoor {

  private final BridgeSettings settings;
  private final Duration drainLimit;
  private final ClusterMember member;
  private final Supplier<Set<String>> addresses;
  private volatile @Nullable Bridge bridge;

  /**
   * Opens nothing yet.
   *
   * @param drainLimit longest wait for what is in flight at a handler that leaves
   * @param addresses those of the actions in force; asked on any thread
   */
  public BridgeDoor(
      BridgeSettings settings,
      Duration drainLimit,
      ClusterMember member,
      Supplier<Set<String>> addresses) {
    this.settings = settings;
    this.drainLimit = drainLimit;
    this.member = member;
    this.addresses = addresses;
  }

  /** Opens the bridge, or nothing where no port is set. */
  public Future<Void> open() {
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

  /**
   * Its clients get nothing more; done when what they had in flight has ended, or the limit for
   * that is over.
   */
  public Future<Void> drain() {
    return ended(Bridge::drain);
  }

  /** Ends it: what is in flight at a client is told to be lost. */
  public Future<Void> close() {
    return ended(Bridge::close);
  }

  /** Where it is, once it is open. */
  public Optional<String> place() {
    return Optional.ofNullable(bridge).map(open -> settings.host() + ":" + open.port());
  }

  private Future<Void> ended(Function<Bridge, Future<Void>> end) {
    return Optional.ofNullable(bridge).map(end).orElseGet(Future::succeededFuture);
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
