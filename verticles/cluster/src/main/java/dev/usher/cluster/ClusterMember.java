package dev.usher.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as a full data member of the cluster, with its clustered Vert.x. Data member, not
 * lite: with lite members one gateway restart can lose a registration for ever.
 */
public final class ClusterMember {

  /** The member attribute in which the Vert.x cluster manager keeps the node id. */
  private static final String NODE_ID = "__vertx.nodeId";

  /** The member attribute that says what a process is. */
  private static final String ROLE = "usher.role";

  /** The multimap in which the Vert.x cluster manager keeps who listens where. */
  private static final String SUBSCRIPTIONS = "__vertx.subs";

  /** Far longer than joining takes, also while others come and go. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

  /**
   * A member that takes over from a master that died asks the others first, by default for up to
   * two minutes, in which nobody joins: here 10 s.
   *
   * <p>Measured: with these four JVMs that start at once are one cluster after 5–6 s instead of
   * 14–16 s, and one that joins a running cluster is in after about 1 s. Seeds that refuse are free
   * on loopback; unreachable ones cost one second.
   */
  private static final Map<String, String> HAZELCAST_PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.socket.bind.any", "false"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.metrics.enabled", "false"),
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.max.wait.seconds.before.join", "0"),
          Map.entry("hazelcast.socket.connect.timeout.seconds", "1"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
          Map.entry("hazelcast.mastership.claim.timeout.seconds", "10"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"));

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final HazelcastInstance hazelcast;

  private ClusterMember(Vertx vertx, HazelcastClusterManager manager, HazelcastInstance hazelcast) {
    this.vertx = vertx;
    this.manager = manager;
    this.hazelcast = hazelcast;
  }

  /**
   * Joins the cluster, or starts it where no other member answers; a second cluster that started
   * elsewhere at the same moment merges with this one within seconds.
   *
   * @param role what this process is, for the other members to see: {@code gateway}, {@code
   *     handler}
   */
  public static Future<ClusterMember> join(
      ClusterSettings settings, String role, VertxOptions options) {
    if (!settings.isLoopback()) {
      LOG.warn(
          "The cluster listens on {}: Hazelcast itself asks nobody who they are, so keep this"
              + " network private.",
          settings.host());
    }
    VertxOptions own = options.setEventBusOptions(eventBus(settings)).setFileSystemOptions(files());
    Future<HazelcastInstance> joined =
        aside("usher-join", () -> PromptJoiner.start(hazelcast(settings, role)));
    tellWhileWaiting(settings, joined);
    return joined.compose(hazelcast -> over(hazelcast, own));
  }

  /**
   * A member that is itself without a master lets nobody in, and Hazelcast says nothing of that.
   */
  private static void tellWhileWaiting(ClusterSettings settings, Future<?> joined) {
    CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .execute(
            () -> {
              if (!joined.isComplete()) {
                LOG.warn(
                    "still waiting to be let into cluster {} by its members at {}; where this goes"
                        + " on, restart the processes of it that run already",
                    settings.name(),
                    settings.members().isEmpty() ? settings.host() : settings.members());
                tellWhileWaiting(settings, joined);
              }
            });
  }

  private static Future<ClusterMember> over(HazelcastInstance hazelcast, VertxOptions options) {
    HazelcastClusterManager manager = new HazelcastClusterManager(hazelcast);
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .map(vertx -> new ClusterMember(vertx, manager, hazelcast))
        .recover(e -> shutdown(hazelcast).transform(down -> Future.failedFuture(e)));
  }

  private static Future<@Nullable Void> shutdown(HazelcastInstance hazelcast) {
    return aside(
        "usher-leave",
        () -> {
          hazelcast.shutdown();
          return null;
        });
  }

  /** Before there is a Vert.x, and after its end, blocking work has to find a thread elsewhere. */
  private static <T extends @Nullable Object> Future<T> aside(String name, Supplier<T> work) {
    return Future.fromCompletionStage(
        CompletableFuture.supplyAsync(work, task -> new Thread(task, name).start()));
  }

  /** The clustered Vert.x of this process. */
  public Vertx vertx() {
    return vertx;
  }

  /** Vert.x node id of this process; new at every start. */
  public String nodeId() {
    return manager.getNodeId();
  }

  /** Node ids of all processes that are members right now, this one included. Blocks briefly. */
  public Set<String> nodes() {
    return hazelcast.getCluster().getMembers().stream()
        .map(ClusterMember::nodeId)
        .collect(Collectors.toSet());
  }

  /** Where another process of this role is that joined before this one, as {@code host:port}. */
  public Optional<String> elderWithRole(String role) {
    for (Member other : hazelcast.getCluster().getMembers()) {
      if (other.localMember()) {
        return Optional.empty();
      }
      if (role.equals(other.getAttribute(ROLE))) {
        return Optional.of(address(other));
      }
    }
    return Optional.empty();
  }

  /** Address of each member, as {@code host:port}. */
  public List<String> members() {
    return hazelcast.getCluster().getMembers().stream().map(ClusterMember::address).toList();
  }

  /**
   * Tells when members come and go. Called on a Hazelcast thread, which must not be blocked.
   *
   * @param joined node id of a member that joined
   * @param left node id of a member that left, died or was cut off
   */
  public void onMembership(Consumer<String> joined, Consumer<String> left) {
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipAdapter() {
              @Override
              public void memberAdded(MembershipEvent event) {
                joined.accept(nodeId(event.getMember()));
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                left.accept(nodeId(event.getMember()));
              }
            });
  }

  /**
   * Node ids of the processes with a consumer at this address; asks Hazelcast, so never per
   * delivery.
   */
  public Future<Set<String>> consumersAt(String address) {
    Promise<List<RegistrationInfo>> registrations = Promise.promise();
    manager.getRegistrations(address, registrations);
    return registrations
        .future()
        .map(found -> found.stream().map(RegistrationInfo::nodeId).collect(Collectors.toSet()));
  }

  /** Every address with a consumer, but those that Vert.x and Usher use among themselves. */
  public Future<Set<String>> addresses() {
    return vertx.executeBlocking(
        () ->
            hazelcast.<String, Object>getMultiMap(SUBSCRIPTIONS).keySet().stream()
                .filter(address -> !address.startsWith("__vertx") && !address.startsWith("usher."))
                .filter(address -> !address.contains("@"))
                .collect(Collectors.toSet()),
        false);
  }

  /** Leaves the cluster and stops Vert.x. */
  public Future<Void> leave() {
    return vertx.close().eventually(() -> shutdown(hazelcast));
  }

  private static String address(Member member) {
    return member.getAddress().getHost() + ":" + member.getAddress().getPort();
  }

  private static String nodeId(Member member) {
    return String.valueOf(member.getAttribute(NODE_ID));
  }

  /**
   * Without the resolving of class path files: its cache deletes itself in a shutdown hook of its
   * own, and from then on no file operation works, in the middle of a drain.
   */
  private static FileSystemOptions files() {
    return new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
  }

  private static EventBusOptions eventBus(ClusterSettings settings) {
    EventBusOptions options =
        new EventBusOptions().setHost(settings.host()).setPort(settings.busPort());
    settings.publicHost().ifPresent(options::setClusterPublicHost);
    return options;
  }

  private static Config hazelcast(ClusterSettings settings, String role) {
    Config config = new Config();
    config.setClusterName(settings.name());
    config
        .getMemberAttributeConfig()
        .setAttribute(ROLE, role)
        .setAttribute(NODE_ID, UUID.randomUUID().toString());
    HAZELCAST_PROPERTIES.forEach(config::setProperty);
    network(config.getNetworkConfig(), settings);
    // The three structures of the Vert.x cluster manager, as its own default-cluster.xml has them.
    config.addMultiMapConfig(
        new MultiMapConfig(SUBSCRIPTIONS)
            .setBackupCount(1)
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
    config.addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1));
    return config;
  }

  private static void network(NetworkConfig network, ClusterSettings settings) {
    PortRange ports = settings.ports();
    network
        .setPort(ports.first())
        .setPortAutoIncrement(ports.last() > ports.first())
        .setPortCount(ports.last() - ports.first() + 1);
    settings.publicHost().ifPresent(network::setPublicAddress);
    network.getInterfaces().setEnabled(true).addInterface(settings.host());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig()
        .setEnabled(true)
        .setConnectionTimeoutSeconds(1)
        .setMembers(settings.seeds());
  }
}
