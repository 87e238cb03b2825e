package dev.usher.runner.catalogue;

import dev.usher.wire.Catalogue.Entry;
import dev.usher.wire.HandlerVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One name of a catalogue: what runs under it is brought to what the catalogue says. One thread at
 * a time does that; what else is wanted meanwhile follows when it is done.
 *
 * <p>A version that did not start is not tried again before the catalogue says something else of
 * this name; one whose file did not come is asked for again whenever the catalogue is heard.
 */
final class Followed {

  private final String name;
  private final ArtefactFiles files;
  private final Stage stage;
  private final Progress progress;

  private Optional<Entry> wanted = Optional.empty();
  private String gateway = "";
  private boolean isBusy;
  private volatile boolean isBehind;

  /** Of the thread that is busy. */
  private final Set<HandlerVersion> failed = new HashSet<>();

  private Optional<Entry> tried = Optional.empty();
  private @Nullable HandlerVersion main;
  private @Nullable HandlerVersion beside;

  Followed(String name, ArtefactFiles files, Stage stage, Progress progress) {
    this.name = name;
    this.files = files;
    this.stage = stage;
    this.progress = progress;
  }

  /**
   * From now on this shall run; nothing where the catalogue does not have the name any more.
   *
   * @return whether somebody has to {@link #run} for it
   */
  synchronized boolean want(Optional<Entry> entry, String ofGateway) {
    boolean isNew = !entry.equals(wanted);
    wanted = entry;
    gateway = ofGateway;
    if (isBusy || !(isNew || isBehind)) {
      return false;
    }
    isBusy = true;
    return true;
  }

  /** Whether nothing of it is wanted, nor left. */
  synchronized boolean isGone() {
    return wanted.isEmpty() && !isBusy;
  }

  /** Brings about what is wanted; blocks until nothing else is. */
  void run() {
    Optional<Entry> entry = wanted();
    try {
      bring(entry);
      while (!isLast(entry)) {
        entry = wanted();
        bring(entry);
      }
    } finally {
      rest();
    }
  }

  private synchronized Optional<Entry> wanted() {
    return wanted;
  }

  private synchronized boolean isLast(Optional<Entry> entry) {
    isBusy = !entry.equals(wanted);
    return !isBusy;
  }

  private synchronized void rest() {
    isBusy = false;
  }

  private synchronized String gateway() {
    return gateway;
  }

  private void bring(Optional<Entry> entry) {
    if (!entry.equals(tried)) {
      failed.clear();
      tried = entry;
    }
    isBehind = false;
    entry.ifPresentOrElse(this::bring, this::end);
    progress.keep(name, entry.map(Followed::ids).orElse(Set.of()));
  }

  private void end() {
    stage.end(name);
    main = null;
    beside = null;
  }

  private void bring(Entry entry) {
    if (entry.hasCanary()) {
      boolean unused = entry.current().map(this::runs).orElse(false);
      runBeside(entry.next().orElseThrow());
      return;
    }
    if (main == null && entry.next().isPresent()) {
      // Nobody serves while a version is tried, unless the one that is known to start does.
      boolean unused = entry.current().map(this::runs).orElse(false);
    }
    boolean serves = entry.next().map(this::runs).orElse(false);
    if (!serves) {
      boolean unused = entry.current().map(this::runs).orElse(false);
    }
    if (beside != null) {
      stage.endBeside(name);
      beside = null;
    }
  }

  /** Has it run under the name, if it starts. */
  private boolean runs(HandlerVersion version) {
    if (version.equals(main)) {
      return true;
    }
    if (version.equals(beside)) {
      stage.promote(name);
      beside = null;
      main = version;
      return true;
    }
    boolean serves = starts(version, stage::run);
    main = serves ? version : main;
    return serves;
  }

  private void runBeside(HandlerVersion version) {
    if (!version.equals(beside) && starts(version, stage::runBeside)) {
      beside = version;
    }
  }

  private boolean starts(
      HandlerVersion version, BiFunction<HandlerVersion, Path, Optional<String>> start) {
    if (failed.contains(version)) {
      return false;
    }
    Optional<Path> file = file(version);
    if (file.isEmpty()) {
      isBehind = true;
      return false;
    }
    progress.starts(version);
    Optional<String> why = start.apply(version, file.get());
    why.ifPresent(
        said -> {
          failed.add(version);
          progress.fails(version, said);
        });
    return why.isEmpty();
  }

  private Optional<Path> file(HandlerVersion version) {
    try {
      progress.fetches(version, "");
      return Optional.of(files.get(version, gateway()));
    } catch (IOException e) {
      progress.fetches(version, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Set<String> ids(Entry entry) {
    return Stream.of(entry.current(), entry.next())
        .flatMap(Optional::stream)
        .map(HandlerVersion::id)
        .collect(Collectors.toSet());
  }
}
