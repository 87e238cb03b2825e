package dev.usher.runner.catalogue;

import dev.usher.wire.Catalogue;
import dev.usher.wire.HandlerVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has run what the catalogue says, each name on a thread of its own, so that a handler that hangs
 * holds up no other. For any thread but an event loop: the catalogue is written to disk first.
 */
public final class Follower {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final ArtefactFiles files;
  private final Stage stage;
  private final Progress progress;
  private final CatalogueFile kept;
  private final Map<String, Followed> names = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable Catalogue known;
  private boolean isClosed;

  /** Follows nothing yet. */
  public Follower(ArtefactFiles files, Stage stage, Progress progress, CatalogueFile kept) {
    this.files = files;
    this.stage = stage;
    this.progress = progress;
    this.kept = kept;
  }

  /** Follows the catalogue that was kept, until a gateway tells another one. */
  public synchronized void remember() {
    kept.read().ifPresent(this::bring);
  }

  /** Follows this one from now on, unless it is older than what is known of its gateway. */
  public synchronized void follow(Catalogue catalogue) {
    Catalogue before = known;
    if (isClosed || isLate(catalogue, before)) {
      return;
    }
    if (!catalogue.equals(before)) {
      kept.write(catalogue);
    }
    bring(catalogue);
  }

  /** What is followed, once there is something. */
  public Optional<Catalogue> catalogue() {
    return Optional.ofNullable(known);
  }

  /** Whether what runs under a name is the catalogue's affair. */
  public synchronized boolean has(String name) {
    return names.containsKey(name);
  }

  /** Waits for what follows from the catalogues so far. */
  public void settle() throws InterruptedException {
    for (Thread thread : started()) {
      thread.join();
    }
  }

  /** Follows nothing any more; what runs goes on. */
  public synchronized void close() {
    isClosed = true;
  }

  private static boolean isLate(Catalogue catalogue, @Nullable Catalogue before) {
    return before != null
        && before.gateway().equals(catalogue.gateway())
        && catalogue.revision() < before.revision();
  }

  private void bring(Catalogue catalogue) {
    known = catalogue;
    Map<String, Catalogue.Entry> entries =
        catalogue.handlers().stream()
            .collect(Collectors.toMap(Catalogue.Entry::name, Function.identity(), (a, b) -> b));
    entries.keySet().forEach(name -> names.computeIfAbsent(name, this::followed));
    names.forEach(
        (name, followed) -> {
          if (followed.want(Optional.ofNullable(entries.get(name)), catalogue.gateway())) {
            start(name, followed);
          }
        });
  }

  private Followed followed(String name) {
    return new Followed(name, files, stage, progress);
  }

  private void start(String name, Followed followed) {
    Thread thread = new Thread(() -> run(name, followed), "follow " + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Follower.class.getClassLoader());
    threads.removeIf(other -> !other.isAlive());
    threads.add(thread);
    thread.start();
  }

  private void run(String name, Followed followed) {
    try {
      followed.run();
      forget(name, followed);
      clean();
    } catch (IOException e) {
      LOG.warn("files of old versions stay: {}", e.toString());
    } catch (RuntimeException | Error e) {
      LOG.error("{} is not brought to what the catalogue says", name, e);
    }
  }

  private synchronized void forget(String name, Followed followed) {
    if (followed.isGone()) {
      names.remove(name, followed);
    }
  }

  /** Under the lock, so that no catalogue comes meanwhile whose files would be taken for old. */
  private synchronized void clean() throws IOException {
    Catalogue now = known;
    if (now != null) {
      files.keep(checksums(now));
    }
  }

  private synchronized List<Thread> started() {
    return List.copyOf(threads);
  }

  private static Set<String> checksums(Catalogue catalogue) {
    return catalogue.handlers().stream()
        .flatMap(entry -> Stream.of(entry.current(), entry.next()))
        .flatMap(Optional::stream)
        .map(HandlerVersion::checksum)
        .collect(Collectors.toSet());
  }
}
