package dev.usher.runner;

import dev.usher.runner.catalogue.Progress;
import dev.usher.runner.process.Line;
import java.time.Instant;

/**
 * Tells how far those versions have come that the cluster has deployed, and says it in their logs.
 */
final class ToldProgress implements VersionListener {

  private static final String HANGS =
      "hangs: it has blocked its event loop for " + HangWatch.PATIENCE.toSeconds() + " s";

  private final Progress progress;
  private final HandlerLogs logs;

  ToldProgress(Progress progress, HandlerLogs logs) {
    this.progress = progress;
    this.logs = logs;
  }

  @Override
  public void serves(Version version) {
    log(version, "INFO", "serves: " + version);
    if (isOfCluster(version)) {
      Artefact artefact = version.artefact();
      progress.serves(artefact.name(), artefact.terms().number(), version, version.addresses());
    }
  }

  @Override
  public void drains(Version version) {
    progress.drains(id(version), version);
  }

  @Override
  public void gone(Version version) {
    log(version, "INFO", "is gone");
    progress.gone(id(version), version);
  }

  @Override
  public void restarts(Version version, String why) {
    log(version, "ERROR", why);
    progress.restarts(id(version), version, why);
  }

  @Override
  public void servesAgain(Version version, String why) {
    log(version, "INFO", "serves again: " + version);
    progress.servesAgain(id(version), version, why);
  }

  @Override
  public void failed(Version version, String why) {
    log(version, "ERROR", why);
    progress.fails(id(version), version, why);
  }

  @Override
  public void printed(Version version, Line line) {
    log(version, line.level().toString(), line.text());
  }

  /** Says of a version that serves whether it hangs. */
  void hangs(Version version, boolean does) {
    if (does) {
      progress.note(id(version), version, HANGS);
    } else {
      progress.dropNote(id(version), version, HANGS);
    }
  }

  private static String id(Version version) {
    return version.artefact().terms().deployment();
  }

  private static boolean isOfCluster(Version version) {
    return version.artefact().terms().isOfCluster();
  }

  private void log(Version version, String level, String text) {
    Artefact artefact = version.artefact();
    logs.add(artefact.name(), new LogLine(Instant.now(), artefact.terms().number(), level, text));
  }
}
