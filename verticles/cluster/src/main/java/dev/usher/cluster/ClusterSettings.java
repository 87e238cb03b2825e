package dev.usher.cluster;

import dev.usher.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a process joins its cluster; the same keys for every process.
 *
 * @param name only members with the same name join each other
 * @param host interface to listen on
 * @param ports where Hazelcast listens
 * @param members where to look for others, {@code host} or {@code host:port}; empty means every
 *     port of {@code ports} on {@code host}
 * @param publicHost how others reach this process, where that is not {@code host}
 * @param busPort where the event bus listens; 0 takes a free one
 */
public record ClusterSettings(
    String name,
    String host,
    PortRange ports,
    List<String> members,
    Optional<String> publicHost,
    int busPort) {

  /** Reads the {@code cluster.*} keys. */
  public static ClusterSettings from(Settings settings) {
    return new ClusterSettings(
        settings.text("cluster.name"),
        settings.text("cluster.host"),
        PortRange.parse(settings.text("cluster.port")),
        settings.list("cluster.members"),
        settings.find("cluster.public.host"),
        settings.number("cluster.bus.port"));
  }

  /** Every place to look for other members, as {@code host:port}. */
  public List<String> seeds() {
    List<String> seeds = new ArrayList<>();
    for (String member : members.isEmpty() ? List.of(host) : members) {
      if (member.contains(":")) {
        seeds.add(member);
      } else {
        for (int port = ports.first(); port <= ports.last(); port++) {
          seeds.add(member + ":" + port);
        }
      }
    }
    return seeds;
  }

  /** Whether only processes of this machine can reach the cluster. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }
}
