package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Slot;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One handler instance as this gateway sees it. A kit instance announces itself; plain consumers at
 * a shared address are one instance named {@code plain}, as nobody can tell them apart. Lives on
 * the loop.
 */
final class Instance implements Slot {

  /** Name of the one instance that stands for all plain consumers at an address. */
  static final String PLAIN = "plain";

  private static final long SILENT_NANOS =
      TimeUnit.MILLISECONDS.toNanos(Announcement.EVERY_MS * Announcement.MISSED);

  private final String id;
  private final boolean isKit;
  private final List<DeliveryFrame.Item> outbox = new ArrayList<>();
  private Announcement latest;
  private Set<String> nodes;
  private long heardNanos;
  private int inFlight;
  private int takenByOthers;
  private VersionFigures figures;
  private boolean isCanary;
  private boolean isFull;
  private boolean isGone;

  private Instance(boolean isKit, Announcement latest, Set<String> nodes, VersionFigures figures) {
    this.id = latest.instance();
    this.isKit = isKit;
    this.latest = latest;
    this.nodes = nodes;
    this.figures = figures;
  }

  /** Counts as silent before it is {@link #heard}. */
  static Instance kit(Announcement first, VersionFigures figures) {
    return new Instance(true, first, Set.of(first.node()), figures);
  }

  static Instance plain(Announcement standIn, Set<String> nodes, VersionFigures figures) {
    return new Instance(false, standIn, nodes, figures);
  }

  /** What plain consumers at an address would say of themselves. */
  static Announcement standIn(String address) {
    return new Announcement(
        PLAIN, "", address, PLAIN, "", "", "", Integer.MAX_VALUE, 0, InstanceState.UP, 0);
  }

  @Override
  public String instance() {
    return id;
  }

  boolean isKit() {
    return isKit;
  }

  String address() {
    return latest.address();
  }

  Set<String> nodes() {
    return nodes;
  }

  int inFlight() {
    return inFlight;
  }

  Announcement latest() {
    return latest;
  }

  /** Whether it is of a version that gets but a share of the signups. */
  boolean isCanary() {
    return isCanary;
  }

  void onTrial(boolean isOnTrial) {
    isCanary = isOnTrial;
  }

  /** What its version did. */
  VersionFigures figures() {
    return figures;
  }

  void countsFor(VersionFigures version) {
    figures = version;
  }

  List<DeliveryFrame.Item> outbox() {
    return outbox;
  }

  /**
   * Takes in an announcement. Slots that it has taken beyond what we sent belong to other gateways,
   * or to attempts that we timed out and it still runs.
   */
  void heard(Announcement announcement, long now) {
    latest = announcement;
    heardNanos = now;
    takenByOthers = Math.max(0, announcement.slots() - announcement.free() - inFlight);
    isFull = false;
  }

  void seenAt(Set<String> present) {
    nodes = present;
  }

  /** As people see it. */
  HandlerStatus status(long now) {
    return new HandlerStatus(
        id,
        latest.handler(),
        isKit,
        address(),
        nodes.size() == 1 ? nodes.iterator().next() : latest.node(),
        latest.version(),
        latest.deployment(),
        latest.language(),
        isKit ? latest.slots() : 0,
        inFlight,
        state(now));
  }

  private String state(long now) {
    boolean isAsItSays = isRoutable(now) || latest.state() != InstanceState.UP;
    return isAsItSays ? latest.state().name().toLowerCase(Locale.ROOT) : "silent";
  }

  /** Whether another delivery may go there now. */
  boolean hasRoom(long now) {
    return isRoutable(now) && !isFull && inFlight + takenByOthers < latest.slots();
  }

  /** Whether it takes deliveries at all, busy or not. */
  boolean isRoutable(long now) {
    boolean isHeard = !isKit || now - heardNanos < SILENT_NANOS;
    return !isGone && latest.state() == InstanceState.UP && isHeard;
  }

  boolean isGone() {
    return isGone;
  }

  void gone() {
    isGone = true;
    outbox.clear();
  }

  void taken() {
    inFlight++;
  }

  void freed() {
    inFlight--;
  }

  /** It refused a delivery: it is fuller than we knew, so its next announcement decides. */
  void refused() {
    isFull = isKit;
  }
}
