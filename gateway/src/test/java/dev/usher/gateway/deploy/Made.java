package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.RunnerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Versions and reports as tests need them. */
final class Made {

  static final Artefact.Origin ORIGIN = new Artefact.Origin(Instant.EPOCH, "anna");

  private Made() {}

  static Artefact.Content content(String checksum) {
    return new Artefact.Content("crm.jar", checksum, 1, "", Map.of(), false);
  }

  static Artefact version(int number, Artefact.State state, int share) {
    return new Artefact("crm", number, content("c" + number), ORIGIN, state, share, "");
  }

  static RunnerReport report(String runner, RunnerReport.Item... items) {
    return new RunnerReport("node-" + runner, runner, "gateway", 1, List.of(items));
  }

  static RunnerReport.Item item(int number, RunnerReport.Phase phase, String why) {
    return new RunnerReport.Item("crm", number, phase, why, List.of());
  }
}
