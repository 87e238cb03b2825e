package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateway's log says of hot-deployed handlers. */
final class DeployLog {

  private static final Logger LOG = LoggerFactory.getLogger(DeployLog.class);

  private DeployLog() {}

  static void came(Artefact version, int runners) {
    LOG.info(
        "{} version {} came from {}: {}",
        version.name(),
        version.number(),
        version.origin().token(),
        runners == 0 ? "no runner is there to try it" : "the runners try it");
  }

  static void changed(String name, String verb, String token) {
    LOG.info("{}: {} by {}", name, verb, token);
  }

  static void serves(Artefact version, int runners) {
    String share =
        version.share() < Artefact.WHOLE ? ", as a canary of " + version.share() + " %" : "";
    LOG.info(
        "{} version {} serves; runners: {}{}", version.name(), version.number(), runners, share);
  }

  /** A person has to mend it. */
  static void failed(Versions before, String why) {
    LOG.error(
        "{} version {} does not start: {}; {}",
        before.name(),
        before.next().map(Artefact::number).orElse(0),
        why,
        before
            .current()
            .map(current -> "version " + current.number() + " serves on")
            .orElse("there is no version before it"));
  }

  static void missing(Artefact version) {
    LOG.error(
        "the file of {} version {} is missing; runners that do not have it can't run it: deploy {}"
            + " again",
        version.name(),
        version.number(),
        version.content().file());
  }
}
