package dev.usher.runner;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this runner runs, by name. Whoever has artefacts says here what shall run; the calls block,
 * may come from any thread, and those of one name follow each other.
 *
 * <h2>A new version</h2>
 *
 * Start the new one → it is registered and has told the gateways → the old one says that it drains
 * → nothing is in flight in it → it is taken away with its classes. At each moment at least one of
 * them takes deliveries. A new one that does not start leaves the old one as it is.
 */
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final Surroundings surroundings;
  private final Path copies;
  private final AtomicInteger copied = new AtomicInteger();
  private final ConcurrentMap<String, Named> byName = new ConcurrentHashMap<>();

  /** The version that serves under a name; written under its lock, which is held for the swap. */
  private static final class Named {
    private volatile @Nullable Version version;
  }

  /**
   * Those of a process of the cluster; runs nothing yet.
   *
   * @param launch where the settings and the folders of the handlers are
   * @param copies folder for copies of artefacts; what is in it is removed
   */
  public static Deployments of(ClusterMember member, Launch launch, Path copies)
      throws IOException {
    HandlerFolders folders = new HandlerFolders(launch.data());
    return new Deployments(
        new Surroundings(
            member.vertx(), member.nodeId(), launch.config(), System.getenv(), folders),
        copies);
  }

  /**
   * Runs nothing yet.
   *
   * @param copies folder for the runner's own copies of artefacts; what is in it is removed
   */
  Deployments(Surroundings surroundings, Path copies) throws IOException {
    this.surroundings = surroundings;
    this.copies = copies;
    Folders.delete(copies);
  }

  /**
   * Runs a copy of this file under this name, in the place of what ran under it. Returns once the
   * new version serves and the old one is gone; at once where the file is what runs already.
   *
   * @throws CannotDeploy when it does not start, saying why: what ran before runs on
   * @throws IOException when the file can't be copied
   */
  public Version deploy(String name, Path file) throws CannotDeploy, IOException {
    Language language =
        Languages.of(file)
            .orElseThrow(() -> new CannotDeploy("it is none of " + Languages.suffixes()));
    Path folder = copies.resolve(name + "-" + copied.incrementAndGet());
    Artefact artefact = Artefact.copy(name, file, folder);
    Named named = byName.computeIfAbsent(name, any -> new Named());
    synchronized (named) {
      return replace(named, artefact, language);
    }
  }

  /** Takes away what runs under this name, once it has drained. */
  public void undeploy(String name) {
    Named named = byName.computeIfAbsent(name, any -> new Named());
    synchronized (named) {
      Version version = named.version;
      named.version = null;
      if (version != null) {
        version.stop();
        LOG.info("{} is undeployed", name);
      }
    }
  }

  /** What serves under this name. */
  public Optional<Version> find(String name) {
    Named named = byName.get(name);
    return Optional.ofNullable(named).map(known -> known.version);
  }

  /** The names under which something serves, in order. */
  public List<String> names() {
    return byName.keySet().stream().filter(name -> find(name).isPresent()).sorted().toList();
  }

  /** Everything that serves. */
  List<Part> parts() {
    return byName.keySet().stream()
        .flatMap(name -> find(name).stream())
        .flatMap(version -> version.parts().stream())
        .toList();
  }

  /** Takes everything away, all at the same time. */
  public void close() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (String name : byName.keySet()) {
      Thread thread = new Thread(() -> undeploy(name), "undeploy " + name);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private Version replace(Named named, Artefact artefact, Language language)
      throws CannotDeploy, IOException {
    Version old = named.version;
    if (old != null && old.artefact().checksum().equals(artefact.checksum())) {
      Folders.delete(artefact.folder());
      return old;
    }
    Version fresh = start(artefact, language);
    named.version = fresh;
    LOG.info("{} {} serves: {}", artefact.name(), artefact.version(), fresh);
    if (old != null) {
      old.stop();
      LOG.info("{} {} is gone", artefact.name(), old.artefact().version());
    }
    return fresh;
  }

  private Version start(Artefact artefact, Language language) throws CannotDeploy, IOException {
    try {
      return Version.start(artefact, language, surroundings);
    } catch (CannotDeploy e) {
      Folders.delete(artefact.folder());
      throw e;
    }
  }
}
