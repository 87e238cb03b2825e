package dev.usher.gateway.delivery;

import dev.usher.wire.Announcement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which handler instances are there, by address. A late announcement of one that went must not
 * bring it to life: an instance that said it is down never comes back, and one that was lost with
 * its process only with that process. Lives on the loop.
 */
final class Directory {

  /** Far more instances than can go while an announcement of theirs is still under way. */
  private static final int TOMBSTONES = 10_000;

  /** The id of no node. */
  private static final String FOR_GOOD = "";

  private final Map<String, Instance> kits = new LinkedHashMap<>();
  private final Map<String, List<Instance>> kitsAt = new HashMap<>();
  private final Map<String, Instance> plainAt = new LinkedHashMap<>();

  /** Node that an instance was lost with, by instance; {@link #FOR_GOOD} where it went itself. */
  private final Map<String, String> tombstones =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > TOMBSTONES;
        }
      };

  /** The instance that has said this, new or known; empty if it has gone before. */
  Optional<Instance> heard(Announcement announcement, long now) {
    if (tombstones.containsKey(announcement.instance())) {
      return Optional.empty();
    }
    Instance known = kits.get(announcement.instance());
    Instance instance = known == null ? add(announcement, now) : known;
    instance.heard(announcement, now);
    return Optional.of(instance);
  }

  boolean isKnown(String instance) {
    return kits.containsKey(instance);
  }

  /** Takes out a kit instance for good. */
  void remove(Instance instance) {
    remove(instance, FOR_GOOD);
  }

  /** Takes out a kit instance whose process left, died, hangs or was cut off. */
  void lost(Instance instance) {
    remove(instance, instance.latest().node());
  }

  /** A process is a member: one that hung or was cut off is back with the instances it had. */
  void joined(String node) {
    tombstones.values().removeIf(node::equals);
  }

  private void remove(Instance instance, String tombstone) {
    instance.gone();
    tombstones.put(instance.instance(), tombstone);
    kits.remove(instance.instance());
    at(instance.address()).remove(instance);
  }

  /** Says which processes have plain consumers at an address now; none ends the plain instance. */
  void plainAt(String address, Set<String> nodes, long now) {
    Instance known = plainAt.get(address);
    if (nodes.isEmpty()) {
      plainGone(address);
    } else if (known == null) {
      plainAt.put(address, Instance.plain(address, nodes, now));
    } else {
      known.seenAt(nodes);
    }
  }

  void plainGone(String address) {
    Instance known = plainAt.remove(address);
    if (known != null) {
      known.gone();
    }
  }

  /** The routable instance with room and the fewest in flight; kit instances go first. */
  Optional<Instance> best(String address, long now) {
    Instance best = null;
    boolean hasKit = false;
    for (Instance instance : at(address)) {
      hasKit |= instance.isRoutable(now);
      if (instance.hasRoom(now) && (best == null || instance.inFlight() < best.inFlight())) {
        best = instance;
      }
    }
    if (hasKit) {
      return Optional.ofNullable(best);
    }
    return Optional.ofNullable(plainAt.get(address)).filter(plain -> plain.hasRoom(now));
  }

  boolean hasHandler(String address, long now) {
    return plainAt.containsKey(address)
        || at(address).stream().anyMatch(instance -> instance.isRoutable(now));
  }

  boolean hasPlain(String address) {
    return plainAt.containsKey(address);
  }

  Collection<Instance> kitsAt(String address) {
    return List.copyOf(at(address));
  }

  /** Instances that are only to be found in a process that left. */
  List<Instance> goneWith(String node) {
    List<Instance> gone = new ArrayList<>();
    all().stream().filter(instance -> instance.nodes().equals(Set.of(node))).forEach(gone::add);
    return gone;
  }

  /** Every instance, by address. */
  List<Instance> all() {
    List<Instance> all = new ArrayList<>(kits.values());
    all.addAll(plainAt.values());
    all.sort(Comparator.comparing(Instance::address).thenComparing(Instance::instance));
    return all;
  }

  private Instance add(Announcement announcement, long now) {
    Instance instance = Instance.kit(announcement, now);
    kits.put(instance.instance(), instance);
    kitsAt.computeIfAbsent(instance.address(), none -> new ArrayList<>()).add(instance);
    return instance;
  }

  private List<Instance> at(String address) {
    return kitsAt.getOrDefault(address, new ArrayList<>());
  }
}
