package dev.usher.gateway;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.PortRange;
import dev.usher.gateway.cli.Loopback;
import dev.usher.gateway.delivery.LoopbackHandler;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line as a member of the gateway's cluster.
 *
 * @param environment its {@code USHER_CLUSTER_} variables count more than what the gateway uses:
 *     another machine has another host
 */
record LoopbackMember(Map<String, String> environment) implements Loopback {

  private static final String PREFIX = "cluster.";
  private static final String VARIABLES = "USHER_CLUSTER_";
  private static final long LIMIT_SECONDS = 60;

  @Override
  public Handler join(Map<String, String> cluster, long seed) throws Exception {
    ClusterMember member =
        await(ClusterMember.join(settings(cluster), "handler", new VertxOptions()));
    LoopbackHandler handler = new LoopbackHandler(member, seed);
    await(handler.start());
    return new Joined(handler);
  }

  private ClusterSettings settings(Map<String, String> cluster) {
    ClusterSettings gateways =
        new ClusterSettings(
            setting(cluster, "name"),
            setting(cluster, "host"),
            PortRange.parse(setting(cluster, "port")),
            Stream.of(setting(cluster, "members").split("[\\[\\], ]+"))
                .filter(member -> !member.isEmpty())
                .toList(),
            Optional.of(setting(cluster, "public.host")).filter(host -> !host.isEmpty()),
            0);
    boolean isShared = gateways.ports().last() > gateways.ports().first();
    return new ClusterSettings(
        gateways.name(),
        gateways.host(),
        // One port alone is the gateway's.
        isShared ? gateways.ports() : new PortRange(0, 0),
        gateways.seeds(),
        gateways.publicHost(),
        0);
  }

  private String setting(Map<String, String> cluster, String key) {
    String variable = VARIABLES + key.toUpperCase(Locale.ROOT).replace('.', '_');
    String theirs = cluster.getOrDefault(PREFIX + key, "");
    return environment.getOrDefault(variable, theirs);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private record Joined(LoopbackHandler handler) implements Handler {

    @Override
    public String instance() {
      return handler.instance();
    }

    @Override
    public Map<String, Integer> performed() {
      return handler.performed();
    }

    @Override
    public void close() {
      try {
        await(handler.stop());
      } catch (Exception lateOrFailed) {
        // The process ends anyway, and with it the membership.
      }
    }
  }
}
