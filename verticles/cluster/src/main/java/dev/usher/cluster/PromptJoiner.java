package dev.usher.cluster;

import static com.hazelcast.instance.EndpointQualifier.MEMBER;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.Joiner;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import com.hazelcast.internal.server.ServerConnectionManager;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/**
 * Hazelcast's search for other members, without its pause where there are none: it asks every seed
 * and then waits a fixed second for an answer, also when each has refused the connection within a
 * millisecond. This one first sees which seeds can be connected to at all.
 *
 * <p>It asks when its own port is bound already: of two members that start at the same moment at
 * least one finds the other, so there are never two clusters because nobody waited.
 *
 * <p>Stands on classes that Hazelcast calls internal, there being no setting for that second; look
 * here first when its version changes.
 */
final class PromptJoiner extends TcpIpJoiner {

  /** As long as Hazelcast itself tries to connect: see {@code socket.connect.timeout}. */
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofMillis(2);

  private PromptJoiner(Node node) {
    super(node);
  }

  /** Starts a member that has joined, or is the first, when this returns. Blocks. */
  static HazelcastInstance start(Config config) {
    return HazelcastInstanceFactory.newHazelcastInstance(config, null, new Prompt());
  }

  @Override
  protected Collection<Address> getPossibleAddressesForInitialJoin() {
    Collection<Address> seeds = super.getPossibleAddressesForInitialJoin();
    ServerConnectionManager connections = node.getServer().getConnectionManager(MEMBER);
    seeds.forEach(connections::getOrConnect);
    long deadline = System.nanoTime() + CONNECT.toNanos();
    while (System.nanoTime() < deadline
        && !seeds.stream().allMatch(seed -> isKnown(connections, seed))) {
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return seeds;
  }

  private boolean isKnown(ServerConnectionManager connections, Address seed) {
    return isBlacklisted(seed) || connections.get(seed) != null;
  }

  private static final class Prompt extends DefaultNodeContext {

    @Override
    public Joiner createJoiner(Node node) {
      return new PromptJoiner(node);
    }
  }
}
