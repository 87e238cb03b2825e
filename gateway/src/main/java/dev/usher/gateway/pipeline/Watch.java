package dev.usher.gateway.pipeline;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One watcher at one signup. What it is shown is read from the journal after each change, one read
 * at a time: changes that come faster than reads are seen together.
 */
public final class Watch {

  private final Watchers watchers;
  private final long seq;
  private final String id;
  private final Predicate<Applied> interest;
  private final Watcher watcher;
  private boolean isReading;
  private boolean isStale;
  private boolean isClosed;

  Watch(Watchers watchers, Receipt known, Predicate<Applied> interest, Watcher watcher) {
    this.watchers = watchers;
    this.seq = known.seq();
    this.id = known.id();
    this.interest = interest;
    this.watcher = watcher;
  }

  /** Ends it: nothing more is told; from any thread, any number of times. */
  public void close() {
    watchers.onLoop(
        () -> {
          if (!isClosed) {
            isClosed = true;
            watchers.remove(this);
          }
        });
  }

  long seq() {
    return seq;
  }

  void applied(Applied applied) {
    if (interest.test(applied)) {
      changed();
    }
  }

  /** What the watcher was shown may be old. */
  void changed() {
    isStale = true;
    if (!isReading && !isClosed) {
      isReading = true;
      isStale = false;
      watchers.read(id, this::show, this::unreadable);
    }
  }

  void over() {
    if (!isClosed) {
      close();
      watcher.over();
    }
  }

  private void show(Optional<Receipt> found) {
    isReading = false;
    if (isClosed) {
      return;
    }
    if (found.isEmpty()) {
      over();
      return;
    }
    watcher.stands(found.get());
    if (isStale) {
      changed();
    }
  }

  /** What can't be read now is read later: a watcher would else wait for a change that was. */
  private void unreadable() {
    watchers.later(
        () -> {
          isReading = false;
          changed();
        });
  }
}
