package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Cancels what is still owed to one signup. What is pending is cancelled at once; what runs ends as
 * it ends, and is cancelled where another attempt would follow. Dead letters stay what they are: to
 * give those up is to discard them. Lives on the loop.
 */
final class Cancels {

  private final Loop loop;
  private final Journal journal;
  private final Function<String, ActionQueue> queues;
  private final Function<SignupRecord, Receipt> receipts;

  Cancels(
      Loop loop,
      Journal journal,
      Function<String, ActionQueue> queues,
      Function<SignupRecord, Receipt> receipts) {
    this.loop = loop;
    this.journal = journal;
    this.queues = queues;
    this.receipts = receipts;
  }

  /** Empty where there is no such signup, or it owes no such action. */
  Future<Optional<Cancellation.Report>> carryOut(Cancellation order) {
    return journal
        .find(order.signup())
        .compose(
            found ->
                found
                    .filter(signup -> order.action().map(signup::owes).orElse(true))
                    .map(signup -> cancel(order, signup).map(Optional::of))
                    .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private Future<Cancellation.Report> cancel(Cancellation order, SignupRecord before) {
    Set<String> meant =
        actions(before, line -> line.state().isOpen() && isMeant(order, line.action()));
    Change.Audit audit = new Change.Audit(loop.now(), order.token(), "cancel", order.detail());
    long seq = before.signup().seq();
    return journal
        .write(new Change.Cancel(seq, order.signup(), List.copyOf(meant), audit))
        .compose(
            durable -> {
              meant.forEach(action -> queues.apply(action).cancelled(seq));
              return journal.find(order.signup());
            })
        .map(after -> report(meant, after.orElse(before)));
  }

  private Cancellation.Report report(Set<String> meant, SignupRecord after) {
    Set<String> done =
        actions(
            after,
            line -> meant.contains(line.action()) && line.state() == DeliveryState.CANCELLED);
    return new Cancellation.Report(meant.size(), done.size(), receipts.apply(after));
  }

  private static boolean isMeant(Cancellation order, String action) {
    return order.action().map(action::equals).orElse(true);
  }

  private static Set<String> actions(SignupRecord signup, Predicate<SignupRecord.Line> which) {
    return signup.deliveries().stream()
        .filter(which)
        .map(SignupRecord.Line::action)
        .collect(Collectors.toSet());
  }
}
