package dev.usher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ClusterMemberIT {

  private final String name = "members-" + UUID.randomUUID();

  @RepeatedTest(2)
  void members_that_start_at_the_same_moment_are_one_cluster_from_the_start() throws Exception {
    List<Integer> ports = freePorts();
    List<String> seeds = ports.stream().map(port -> "127.0.0.1:" + port).toList();
    List<Future<ClusterMember>> joining = ports.stream().map(port -> join(port, seeds)).toList();
    List<ClusterMember> members = joining.stream().map(ClusterMemberIT::await).toList();
    try {
      assertThat(members).anySatisfy(member -> assertThat(member.nodes()).hasSize(2));
    } finally {
      members.forEach(member -> await(member.leave()));
    }
  }

  @Test
  void who_has_left_holds_nothing_any_more() throws Exception {
    ClusterMember member = await(join(freePorts().get(0), List.of("127.0.0.1:1")));
    assertThat(clusters()).contains(name);
    await(member.leave());
    assertThat(clusters()).doesNotContain(name);
  }

  private static Stream<String> clusters() {
    return Hazelcast.getAllHazelcastInstances().stream()
        .map(HazelcastInstance::getConfig)
        .map(config -> config.getClusterName());
  }

  private Future<ClusterMember> join(int port, List<String> seeds) {
    ClusterSettings settings =
        new ClusterSettings(
            name, "127.0.0.1", new PortRange(port, port), seeds, Optional.empty(), 0);
    return ClusterMember.join(settings, "test", new VertxOptions().setEventLoopPoolSize(1));
  }

  private static List<Integer> freePorts() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, loopback);
        ServerSocket other = new ServerSocket(0, 1, loopback)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
