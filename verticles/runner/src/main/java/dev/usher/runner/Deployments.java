package dev.usher.runner;

import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.Launch;
import io.vertx.core.ThreadingModel;
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
  private final ConcurrentMap<String, Named> byPlace = new ConcurrentHashMap<>();
  private volatile VersionListener listener = VersionListener.NONE;

  /** The version that serves under a name; written under its lock, which is held for the swap. */
  private static final class Named {
    private volatile @Nullable Version version;
  }

  /**
   * Those of a process of the cluster; runs nothing yet.
   *
   * @param cluster how that process joined it
   * @param launch where the settings and the folders of the handlers are
   * @param processes what is set about the processes that some handlers run in
   * @param folder for copies of artefacts and what they need
   */
  static Deployments of(
      ClusterMember member,
      ClusterSettings cluster,
      Launch launch,
      ProcessSettings processes,
      Path folder)
      throws IOException {
    Processes own = processes(member, cluster, processes, folder);
    HandlerFolders folders = new HandlerFolders(launch.data());
    return new Deployments(
        new Surroundings(
            member.vertx(),
            member.nodeId(),
            ThreadingModel.EVENT_LOOP,
            launch.config(),
            System.getenv(),
            folders,
            own),
        folder.resolve("copies"));
  }

  /**
   * Those of a runner; runs nothing yet.
   *
   * @param cluster how its process joined the cluster
   * @param threading what threads handlers run on
   */
  static Deployments of(
      ClusterMember member, ClusterSettings cluster, Ground ground, ThreadingModel threading)
      throws IOException {
    Path folder = ground.folder().path();
    return new Deployments(
        new Surroundings(
            member.vertx(),
            member.nodeId(),
            threading,
            ground.launch().config(),
            ground.environment(),
            new HandlerFolders(ground.launch().data()),
            processes(member, cluster, ground.settings().processes(), folder)),
        folder.resolve("copies"));
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

  /** Tells this one of every version from now on. */
  void listen(VersionListener other) {
    listener = other;
  }

  /** Runs a file with nothing but its configuration; see {@link #deploy(String, Path, Terms)}. */
  public Version deploy(String name, Path file) throws CannotDeploy, IOException {
    return deploy(name, file, Terms.ofFile(name));
  }

  /**
   * Runs a copy of this file under this name, in the place of what ran under it. Returns once the
   * new version serves and the old one is gone; at once where that file runs already, with the same
   * terms.
   *
   * @throws CannotDeploy when it does not start, saying why: what ran before runs on
   * @throws IOException when the file can't be copied
   */
  Version deploy(String name, Path file, Terms terms) throws CannotDeploy, IOException {
    return deploy(name, name, file, terms);
  }

  /**
   * Runs a copy of this file beside what runs under this name, in the place of what ran beside it
   * before; else like {@link #deploy(String, Path, Terms)}.
   */
  Version deployBeside(String name, Path file, Terms terms) throws CannotDeploy, IOException {
    return deploy(beside(name), name, file, terms);
  }

  /**
   * Puts what runs beside this name in the place of what runs under it, without starting anything;
   * that one drains and goes. Nothing happens where nothing runs beside it.
   */
  void promote(String name) {
    Named from = at(beside(name));
    Named to = at(name);
    synchronized (from) {
      Version version = from.version;
      if (version != null) {
        synchronized (to) {
          Version old = to.version;
          to.version = version;
          from.version = null;
          endBehind(version, old);
        }
      }
    }
  }

  /** Takes away what runs beside this name, once it has drained. */
  void undeployBeside(String name) {
    undeployAt(beside(name));
  }

  /** Takes away what runs under this name, and beside it, once it has drained. */
  public void undeploy(String name) {
    undeployAt(beside(name));
    undeployAt(name);
  }

  /** What serves under this name. */
  public Optional<Version> find(String name) {
    Named named = byPlace.get(name);
    return Optional.ofNullable(named).map(known -> known.version);
  }

  /** What serves beside this name. */
  Optional<Version> findBeside(String name) {
    return find(beside(name));
  }

  /** The names under which something serves, in order. */
  public List<String> names() {
    return versions().stream()
        .map(version -> version.artefact().name())
        .distinct()
        .sorted()
        .toList();
  }

  /** Everything that serves. */
  List<Version> versions() {
    return byPlace.keySet().stream().flatMap(place -> find(place).stream()).toList();
  }

  /** Takes everything away, all at the same time. */
  public void close() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (String place : byPlace.keySet()) {
      Thread thread = new Thread(() -> undeployAt(place), "undeploy " + place);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    surroundings.processes().bridge().close();
  }

  private static Processes processes(
      ClusterMember member, ClusterSettings cluster, ProcessSettings settings, Path folder) {
    return new Processes(
        settings,
        new ScriptBridge(member.vertx(), member.nodeId()),
        new LanguagePackages(folder.resolve("languages")),
        cluster,
        member::members);
  }

  /** No name has such a sign in it: it is part of the name of a file. */
  private static String beside(String name) {
    return name + "/";
  }

  private Named at(String place) {
    return byPlace.computeIfAbsent(place, any -> new Named());
  }

  private Version deploy(String place, String name, Path file, Terms terms)
      throws CannotDeploy, IOException {
    Language language =
        Languages.of(file)
            .orElseThrow(() -> new CannotDeploy("it is none of " + Languages.suffixes()));
    Path folder = copies.resolve(name + "-" + copied.incrementAndGet());
    Artefact artefact = Artefact.copy(name, file, terms, folder);
    Named named = at(place);
    synchronized (named) {
      return replace(named, artefact, language);
    }
  }

  private void undeployAt(String place) {
    Named named = at(place);
    synchronized (named) {
      Version version = named.version;
      named.version = null;
      if (version != null) {
        end(version);
        LOG.info("{} {} is undeployed", version.artefact().name(), version.artefact().version());
      }
    }
  }

  private Version replace(Named named, Artefact artefact, Language language)
      throws CannotDeploy, IOException {
    Version old = named.version;
    if (old != null && old.artefact().isSame(artefact)) {
      Folders.delete(artefact.folder());
      return old;
    }
    Version fresh = start(artefact, language);
    named.version = fresh;
    LOG.info("{} {} serves: {}", artefact.name(), artefact.version(), fresh);
    listener.serves(fresh);
    endBehind(fresh, old);
    return fresh;
  }

  private void endBehind(Version fresh, @Nullable Version old) {
    if (old != null) {
      end(old);
      LOG.info("{} {} is gone", fresh.artefact().name(), old.artefact().version());
    }
  }

  private void end(Version version) {
    listener.drains(version);
    version.stop();
    listener.gone(version);
  }

  private Version start(Artefact artefact, Language language) throws CannotDeploy, IOException {
    try {
      return Version.start(artefact, language, surroundings, () -> listener);
    } catch (CannotDeploy e) {
      Folders.delete(artefact.folder());
      throw e;
    }
  }
}
