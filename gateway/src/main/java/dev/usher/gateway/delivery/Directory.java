package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Track;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.wire.Announcement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which handler instances are there, by address. A late announcement of one that went must not
 * bring it to life: an instance that said it is down never comes back, and one that was lost with
 * its process only with that process. Lives on the loop.
 */
final class Directory {

  /** Far more instances than can go while an announcement of theirs is still under way. */
  private static final int TOMBSTONES = 10_000;

  /** Where nobody ever was. */
  private static final Place NOWHERE = new Place();

  /** The id of no node. */
  private static final String FOR_GOOD = "";

  private final Map<String, Instance> kits = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, Instance> plainAt = new LinkedHashMap<>();
  private final Figures figures = new Figures();
  private CanaryShares shares = CanaryShares.NONE;

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
    instance.countsFor(figures.of(announcement, now));
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
    at(instance.address()).remove(instance, shares);
  }

  /** Says which versions are canaries; answers where other signups than before are for them. */
  Set<String> divide(CanaryShares divided) {
    shares = divided;
    Set<String> changed = new HashSet<>();
    places.forEach(
        (address, place) -> {
          if (place.divide(shares)) {
            changed.add(address);
          }
        });
    return changed;
  }

  /** Whether any version anywhere is a canary, there or not. */
  boolean hasCanaries() {
    return !shares.isNone();
  }

  /** Which instances at an address a signup is for. */
  Track track(String address, String signup, long now) {
    return at(address).track(signup, now);
  }

  /** Says which processes have plain consumers at an address now; none ends the plain instance. */
  void plainAt(String address, Set<String> nodes, long now) {
    Instance known = plainAt.get(address);
    if (nodes.isEmpty()) {
      plainGone(address);
    } else if (known == null) {
      plainAt.put(address, plain(address, nodes, now));
    } else {
      known.seenAt(nodes);
      known.countsFor(figures.of(known.latest(), now));
    }
  }

  private Instance plain(String address, Set<String> nodes, long now) {
    Announcement standIn = Instance.standIn(address);
    return Instance.plain(standIn, nodes, figures.of(standIn, now));
  }

  void plainGone(String address) {
    Instance known = plainAt.remove(address);
    if (known != null) {
      known.gone();
    }
  }

  /**
   * The routable instance on a track with room and the fewest in flight; kit instances go first.
   *
   * @param concurrency most attempts of the action at once
   */
  @Nullable Instance best(String address, Track track, int concurrency, long now) {
    Place place = at(address);
    Instance best = place.best(track, concurrency, now);
    if (best != null || place.isServed(now)) {
      return best;
    }
    Instance plain = plainAt.get(address);
    return plain != null && plain.hasRoom(now) ? plain : null;
  }

  boolean hasHandler(String address, long now) {
    return plainAt.containsKey(address) || at(address).isServed(now);
  }

  boolean hasCanary(String address) {
    return at(address).hasCanary();
  }

  /** How each version that is or was here lately has done. */
  List<VersionStatus> versions(long now) {
    Map<VersionFigures, Integer> present = new HashMap<>();
    all().forEach(one -> present.merge(one.figures(), at(one.address()).shareOf(one), Math::min));
    return figures.statuses(present, now);
  }

  boolean hasPlain(String address) {
    return plainAt.containsKey(address);
  }

  Collection<Instance> kitsAt(String address) {
    return List.copyOf(at(address).kits());
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
    Instance instance = Instance.kit(announcement, figures.of(announcement, now));
    kits.put(instance.instance(), instance);
    places.computeIfAbsent(instance.address(), none -> new Place()).add(instance, shares);
    return instance;
  }

  private Place at(String address) {
    return places.getOrDefault(address, NOWHERE);
  }
}
