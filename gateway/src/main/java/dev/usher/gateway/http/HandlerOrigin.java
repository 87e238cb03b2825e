package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.wire.Origin;
import dev.usher.wire.RunnerReport;
import dev.usher.wire.RunnerReport.Phase;
import java.util.List;

/**
 * Where handlers come from. Instances of the kit say it; of plain consumers it follows from the
 * process they are in and what runs there.
 */
final class HandlerOrigin {

  private final List<RunnerReport> runners;

  /**
   * Knows who runs what.
   *
   * @param runners what the runners that are there say
   */
  HandlerOrigin(List<RunnerReport> runners) {
    this.runners = runners;
  }

  Origin of(HandlerStatus handler) {
    return handler.isKit() ? Origin.of(handler.deployment()) : plain(handler);
  }

  private Origin plain(HandlerStatus handler) {
    return runners.stream()
        .filter(runner -> runner.node().equals(handler.node()))
        .findFirst()
        .map(runner -> mayServe(runner, handler.address()) ? Origin.DEPLOYED : Origin.FOLDER)
        .orElse(Origin.HAND);
  }

  /** A runner does not know where a verticle without the kit listens. */
  private static boolean mayServe(RunnerReport runner, String address) {
    return runner.items().stream()
        .filter(item -> item.phase() == Phase.SERVING)
        .anyMatch(item -> item.addresses().isEmpty() || item.addresses().contains(address));
  }
}
