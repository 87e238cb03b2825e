package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder whose files are what runs: a new file is deployed, a changed one swapped in, that of a
 * removed one undeployed. Somebody has to look again and again, about once a second; a look finds a
 * file complete when it is as it was at the look before, and is a whole one of its kind. One that
 * did not start is tried again when it changes. A name that somebody else has is left to them for
 * as long as they have it. For any thread.
 */
final class HandlersFolder {

  private static final Logger LOG = LoggerFactory.getLogger(HandlersFolder.class);

  /** A file that was there before the first look is complete when it is older than this. */
  private static final Duration STILL = Duration.ofSeconds(2);

  private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".swp", "~");

  private final List<Path> places;
  private final Deployments deployments;
  private final Predicate<String> isElsewhere;
  private final Map<Path, Seen> before = new HashMap<>();
  private final Map<Path, Seen> deployed = new HashMap<>();
  private final Map<String, Thread> busy = new HashMap<>();
  private final Set<Path> told = new HashSet<>();
  private boolean isFirst = true;

  /** What tells a file from another one in its place, without reading it. */
  private record Seen(long size, FileTime changed, @Nullable Object key) {

    /** Nobody is writing it any more. */
    private boolean isOld() {
      return changed.toInstant().isBefore(Instant.now().minus(STILL));
    }
  }

  /**
   * Looks at nothing yet.
   *
   * @param places files that are deployed, and folders whose files are
   * @param isElsewhere whether somebody else says what runs under a name
   */
  HandlersFolder(List<Path> places, Deployments deployments, Predicate<String> isElsewhere) {
    this.places = List.copyOf(places);
    this.deployments = deployments;
    this.isElsewhere = isElsewhere;
  }

  /** Looks once, and starts what follows from it without waiting for that. */
  synchronized void look() {
    busy.values().removeIf(thread -> !thread.isAlive());
    try {
      Map<Path, Seen> now = files();
      deployed.keySet().stream()
          .filter(file -> !now.containsKey(file))
          .toList()
          .forEach(this::gone);
      now.forEach(this::look);
      before.clear();
      before.putAll(now);
      told.retainAll(now.keySet());
      isFirst = false;
    } catch (IOException e) {
      LOG.error("{} can't be read, and what runs goes on: {}", places, e.toString());
    }
  }

  /** Whether the last look left nothing for the next one. */
  synchronized boolean isSettled() {
    return deployed.keySet().containsAll(before.keySet());
  }

  /** Somebody else has these names from now on: what runs under them is not of this folder. */
  synchronized void leave(Collection<String> names) {
    deployed.keySet().removeIf(file -> names.contains(name(file)));
  }

  /** Waits for what the looks so far have started. */
  void settle() throws InterruptedException {
    for (Thread thread : started()) {
      thread.join();
    }
  }

  private synchronized List<Thread> started() {
    return List.copyOf(busy.values());
  }

  private Map<Path, Seen> files() throws IOException {
    Map<Path, Seen> found = new TreeMap<>();
    for (Path place : places) {
      for (Path file : files(place)) {
        Seen seen = seen(file);
        if (seen != null) {
          found.put(file, seen);
        }
      }
    }
    return found;
  }

  /** A file that was named is meant, whatever it is called. */
  private static List<Path> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> entries = Files.list(place)) {
      return entries.filter(entry -> !isUnfinished(entry)).toList();
    }
  }

  private static boolean isUnfinished(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") || UNFINISHED.stream().anyMatch(name::endsWith);
  }

  /** Nothing where it is no file, or is gone already. */
  private static @Nullable Seen seen(Path file) throws IOException {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return is.isRegularFile() ? new Seen(is.size(), is.lastModifiedTime(), is.fileKey()) : null;
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private void look(Path file, Seen now) {
    if (isElsewhere.test(name(file))) {
      tell(file, "is left alone: the cluster has deployed a handler of this name, which wins");
      return;
    }
    boolean isKnown = now.equals(deployed.get(file));
    boolean isStill = now.equals(before.get(file)) || (isFirst && now.isOld());
    if (!isKnown && isStill && !busy.containsKey(name(file)) && isComplete(file)) {
      deployed.put(file, now);
      start(name(file), () -> deploy(file));
    }
  }

  private boolean isComplete(Path file) {
    Language language = Languages.of(file).orElse(null);
    if (language == null) {
      tell(file, "is none of " + Languages.suffixes() + " and is left alone");
      return false;
    }
    if (isTaken(file)) {
      tell(file, "is not deployed: another file here has the same name before its dot");
      return false;
    }
    try {
      language.check(file);
      return true;
    } catch (IOException e) {
      tell(file, "is not complete yet: " + e.getMessage());
      return false;
    }
  }

  private boolean isTaken(Path file) {
    return deployed.keySet().stream()
        .anyMatch(other -> !other.equals(file) && name(other).equals(name(file)));
  }

  /** Once for each file, until it is gone. */
  private void tell(Path file, String what) {
    if (told.add(file)) {
      LOG.warn("{} {}", file, what);
    }
  }

  private void gone(Path file) {
    String name = name(file);
    if (isElsewhere.test(name)) {
      deployed.remove(file);
    } else if (!busy.containsKey(name)) {
      deployed.remove(file);
      start(name, () -> deployments.undeploy(name));
    }
  }

  private void start(String name, Runnable step) {
    Thread thread = new Thread(step, "deploy " + name);
    busy.put(name, thread);
    thread.start();
  }

  private void deploy(Path file) {
    String name = name(file);
    try {
      var unused = deployments.deploy(name, file);
    } catch (CannotDeploy e) {
      LOG.error("{} does not run: {}; {}", file, e.getMessage(), whatServes(name));
      LOG.debug("{}", file, e);
    } catch (IOException e) {
      LOG.error("{} can't be copied: {}; {}", file, e, whatServes(name));
    } catch (RuntimeException | Error e) {
      LOG.error("{} does not run; {}", file, whatServes(name), e);
    }
  }

  private String whatServes(String name) {
    return deployments
        .find(name)
        .map(version -> "version " + version.artefact().version() + " serves on")
        .orElse("nothing serves in its place");
  }

  private static String name(Path file) {
    String fileName = Objects.requireNonNull(file.getFileName()).toString();
    int dot = fileName.lastIndexOf('.');
    return dot <= 0 ? fileName : fileName.substring(0, dot);
  }
}
