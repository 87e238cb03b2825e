package dev.usher.runner;

import dev.usher.runner.catalogue.Stage;
import dev.usher.wire.HandlerVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deployments of this runner, as the place where the versions of a catalogue run. */
final class OwnStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(OwnStage.class);

  private final Deployments deployments;
  private final HandlerLogs logs;

  OwnStage(Deployments deployments, HandlerLogs logs) {
    this.deployments = deployments;
    this.logs = logs;
  }

  /** A way to start something. */
  @FunctionalInterface
  private interface Start {
    Version start(String name, Path file, Terms terms) throws CannotDeploy, IOException;
  }

  @Override
  public Optional<String> run(HandlerVersion version, Path file) {
    return start(version, file, deployments::deploy);
  }

  @Override
  public Optional<String> runBeside(HandlerVersion version, Path file) {
    return start(version, file, deployments::deployBeside);
  }

  @Override
  public void promote(String name) {
    deployments.promote(name);
  }

  @Override
  public void endBeside(String name) {
    deployments.undeployBeside(name);
  }

  @Override
  public void end(String name) {
    deployments.undeploy(name);
    logs.forget(name);
  }

  private Optional<String> start(HandlerVersion version, Path file, Start start) {
    try {
      var unused = start.start(version.name(), file, Terms.of(version));
      return Optional.empty();
    } catch (CannotDeploy e) {
      LOG.debug("{}", version.id(), e);
      return failed(version, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(version, "its file can't be copied: " + e);
    } catch (RuntimeException | Error e) {
      LOG.error("{} does not run", version.id(), e);
      return failed(version, "it does not run: " + e);
    }
  }

  private Optional<String> failed(HandlerVersion version, String why) {
    LOG.error("{} does not run: {}", version.id(), why);
    logs.add(version.name(), new LogLine(Instant.now(), version.number(), "ERROR", why));
    return Optional.of(why);
  }
}
