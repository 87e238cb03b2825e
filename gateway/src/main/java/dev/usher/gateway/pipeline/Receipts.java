package dev.usher.gateway.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows what the journal has of signups, with what each delivery waits for. Lives on the loop. */
final class Receipts {

  private final Function<String, ActionQueue> queues;

  Receipts(Function<String, ActionQueue> queues) {
    this.queues = queues;
  }

  /** Without the notices that it was erased, which are nothing to the client. */
  Receipt of(SignupRecord found) {
    return of(found.signup().seq(), found.signup().id(), found.planned());
  }

  private Receipt of(long seq, String id, List<SignupRecord.Line> deliveries) {
    List<Receipt.Line> lines = deliveries.stream().map(this::line).toList();
    return new Receipt(
        seq, id, SignupRecord.state(deliveries), lines, SignupRecord.revision(deliveries));
  }

  SignupPage.View of(SignupPage page) {
    return new SignupPage.View(
        page.entries().stream()
            .map(
                one ->
                    new SignupPage.Seen(
                        one.acceptedAt(), of(one.seq(), one.id(), one.deliveries())))
            .toList(),
        page.next());
  }

  SignupHistory.View of(SignupHistory history) {
    return new SignupHistory.View(
        history, of(history.signup().seq(), history.signup().id(), history.record().deliveries()));
  }

  private Receipt.Line line(SignupRecord.Line line) {
    Optional<WaitingReason> waitingFor =
        line.state() == DeliveryState.PENDING
            ? Optional.of(queues.apply(line.action()).waitingFor(line.lane(), line.due()))
            : Optional.empty();
    return new Receipt.Line(line.action(), line.required(), line.state(), waitingFor);
  }
}
