package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One version of an artefact, from its start until nothing of it is left. */
public final class Version {

  private static final Logger LOG = LoggerFactory.getLogger(Version.class);

  /** Past the drain limit: announcing, and the handler's own {@code stop()}. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Artefact artefact;
  private final Program program;
  private final HandlerFolders folders;
  private final Supplier<VersionListener> listener;
  private final List<Part> parts = new CopyOnWriteArrayList<>();
  private final List<String> used = new ArrayList<>();
  private boolean isEnded;

  private Version(
      Artefact artefact,
      Program program,
      HandlerFolders folders,
      Supplier<VersionListener> listener) {
    this.artefact = artefact;
    this.program = program;
    this.folders = folders;
    this.listener = listener;
  }

  /**
   * Starts it; returns once all of it is ready, and leaves nothing where it fails.
   *
   * @param listener whoever is told of what it does by itself
   */
  static Version start(
      Artefact artefact,
      Language language,
      Surroundings surroundings,
      Supplier<VersionListener> listener)
      throws CannotDeploy {
    Program program = language.load(artefact, surroundings);
    Version version = new Version(artefact, program, surroundings.folders(), listener);
    try {
      program.start(version);
      return version;
    } catch (CannotDeploy e) {
      version.stop();
      throw e;
    }
  }

  /** What runs. */
  public Artefact artefact() {
    return artefact;
  }

  /** What it is made of. */
  Program program() {
    return program;
  }

  /** To be told of what it does by itself. */
  VersionListener listener() {
    return listener.get();
  }

  /** The event-bus addresses that it is known to serve. */
  List<String> addresses() {
    return parts.stream().map(Part::address).filter(address -> !address.isEmpty()).toList();
  }

  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** What serves of it, for people. */
  @Override
  public String toString() {
    return parts.stream().map(Part::what).collect(Collectors.joining(", "));
  }

  /** One that comes after the end, as its start took too long, is taken away at once. */
  synchronized void add(Part part) {
    if (isEnded) {
      stop(part);
    } else {
      parts.add(part);
    }
  }

  /** The folder of one of its handlers; its own until it stops. */
  synchronized Path use(String handler) throws CannotDeploy {
    if (isEnded) {
      throw new CannotDeploy("its start took too long");
    }
    try {
      Path folder = folders.use(handler);
      used.add(handler);
      return folder;
    } catch (IOException e) {
      throw new CannotDeploy(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Drains it and takes it away, with its classes or process. Classes that can't be stopped are
   * said and left behind: running code can't be ended from outside.
   */
  void stop() {
    end();
    parts.forEach(this::stop);
    try {
      program.release();
      leaveFolders();
      Folders.delete(artefact.folder());
    } catch (IOException e) {
      LOG.warn(
          "{} {}: some of its files stay: {}", artefact.name(), artefact.version(), e.toString());
    }
  }

  private synchronized void end() {
    isEnded = true;
  }

  private void stop(Part part) {
    Duration limit = part.drainLimit().plus(STOP_LIMIT);
    try {
      part.stop()
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "{} hangs: it did not stop within {} s, and its threads and classes stay until the"
              + " runner ends",
          part.what(),
          limit.toSeconds());
    } catch (ExecutionException e) {
      LOG.warn("{} did not stop cleanly", part.what(), e.getCause());
    } catch (InterruptedException e) {
      LOG.warn("{} was not awaited to its end", part.what());
    }
  }

  private synchronized void leaveFolders() throws IOException {
    for (String handler : used) {
      folders.leave(handler);
    }
    used.clear();
  }
}
