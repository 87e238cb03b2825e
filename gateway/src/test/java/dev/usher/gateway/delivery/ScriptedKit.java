package dev.usher.gateway.delivery;

import dev.usher.cluster.ClusterMember;
import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A kit instance as far as it shows on the wire; announces and answers when it is told to. */
final class ScriptedKit {

  final String id = "kit-" + UUID.randomUUID();
  final List<DeliveryFrame> frames = new CopyOnWriteArrayList<>();
  private final ClusterMember member;
  private final String address;
  private final int slots;
  private final String deployment;
  private volatile Verdict verdict;
  private volatile long retryAfterMs = OutcomeFrame.NO_RETRY_AFTER;
  private volatile String text = "";

  ScriptedKit(ClusterMember member, String address, int slots) {
    this(member, address, slots, "");
  }

  /** One of a version that was hot-deployed. */
  ScriptedKit(ClusterMember member, String address, int slots, String deployment) {
    this.deployment = deployment;
    this.member = member;
    this.address = address;
    this.slots = slots;
    TwoMembers.await(
        member
            .vertx()
            .eventBus()
            .<Buffer>consumer(Addresses.instance(address, id), message -> take(message.body()))
            .completion());
  }

  /** From now on it answers like this. */
  ScriptedKit answering(Verdict with, long retryAfter, String body) {
    retryAfterMs = retryAfter;
    text = body;
    verdict = with;
    return this;
  }

  ScriptedKit answering(Verdict with) {
    return answering(with, OutcomeFrame.NO_RETRY_AFTER, "");
  }

  void announce(InstanceState state, int free) {
    announce(state, free, DeliveryFrame.VERSION);
  }

  void announce(InstanceState state, int free, int frame) {
    Announcement announcement =
        new Announcement(
            id,
            member.nodeId(),
            address,
            "mail",
            "1",
            deployment,
            "java",
            slots,
            free,
            state,
            frame);
    member.vertx().eventBus().publish(Addresses.HANDLERS, announcement.toJson());
  }

  /** Says now what became of an attempt. */
  void answer(String gateway, String delivery, int attempt, Verdict with) {
    OutcomeFrame.Item item = new OutcomeFrame.Item(delivery, attempt, with, retryAfterMs, text);
    member
        .vertx()
        .eventBus()
        .send(Addresses.outcomes(gateway), new OutcomeFrame(id, List.of(item)).encode());
  }

  int taken() {
    return frames.stream().mapToInt(frame -> frame.items().size()).sum();
  }

  private void take(Buffer bytes) {
    DeliveryFrame frame = DeliveryFrame.decode(bytes);
    frames.add(frame);
    if (verdict != null) {
      frame
          .items()
          .forEach(item -> answer(frame.gateway(), item.delivery(), item.attempt(), verdict));
    }
  }
}
