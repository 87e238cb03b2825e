package dev.usher.gateway.delivery;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A real cluster of two members in this process, that meets no other. */
final class TestCluster implements AutoCloseable {

  private final String name = "invoker-it-" + UUID.randomUUID();
  private final ClusterMember gateway = join("127.0.0.1:1");
  private final ClusterMember handlers = joinAnother();

  ClusterMember gateway() {
    return gateway;
  }

  ClusterMember handlers() {
    return handlers;
  }

  ClusterMember joinAnother() {
    return join(gateway.members().get(0));
  }

  @Override
  public void close() {
    TwoMembers.await(handlers.leave());
    TwoMembers.await(gateway.leave());
  }

  private ClusterMember join(String seed) {
    ClusterSettings settings =
        new ClusterSettings(
            name, "127.0.0.1", new PortRange(0, 0), List.of(seed), Optional.empty(), 0);
    return TwoMembers.await(
        ClusterMember.join(settings, "test", new VertxOptions().setEventLoopPoolSize(1)));
  }
}
