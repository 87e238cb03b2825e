package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Everybody who follows a signup; without any it costs one look per change. What they are shown was
 * read from the journal, so nothing shows before its commit. May be called from any thread; lives
 * on the loop.
 */
public final class Watchers {

  /** Each may hold a connection; those who serve them set closer bounds of their own. */
  static final int MOST = 10_000;

  private static final Duration READ_AGAIN = Duration.ofSeconds(1);

  private final Loop loop;
  private final Journal journal;
  private final Function<SignupRecord, Receipt> receipts;
  private final Map<Long, List<Watch>> bySignup = new HashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private long told;
  private boolean isClosed;

  Watchers(Loop loop, Journal journal, Function<SignupRecord, Receipt> receipts) {
    this.loop = loop;
    this.journal = journal;
    this.receipts = receipts;
  }

  /**
   * Follows a signup: its watcher sees how it stands, and then each change of it.
   *
   * @return the watch, to be closed by the caller; empty where there is no such signup; fails with
   *     {@link Overloaded} where too many watch or the gateway is about to leave
   */
  public Future<Optional<Watch>> watch(String id, Watcher watcher) {
    return loop.call(
        () -> {
          if (isClosed) {
            return Future.failedFuture(
                new Overloaded("the gateway is shutting down", Duration.ofSeconds(1)));
          }
          if (count.get() >= MOST) {
            return Future.failedFuture(
                new Overloaded("too many watch already", Duration.ofSeconds(5)));
          }
          long before = told;
          return journal
              .find(id)
              .map(found -> found.map(signup -> begin(receipts.apply(signup), before, watcher)));
        });
  }

  /**
   * Waits until it is decided whether a signup completes or fails, but no longer than this. The
   * receipt is as it then stands; one that can't be followed is given back as it is known.
   */
  public Wait await(Receipt known, Duration limit) {
    Wait wait = new Wait(loop, known, limit, () -> look(known.id()));
    loop.run(() -> begin(known, wait));
    return wait;
  }

  private void begin(Receipt known, Wait wait) {
    if (isClosed || count.get() >= MOST || known.state() != SignupState.OPEN) {
      wait.over();
      return;
    }
    Watch watch = add(new Watch(this, known, applied -> applied.became().isPresent(), wait));
    wait.by(watch);
    // What was committed since the receipt was read was told before the watch was there.
    watch.changed();
  }

  private Watch add(Watch watch) {
    bySignup.computeIfAbsent(watch.seq(), first -> new ArrayList<>()).add(watch);
    count.incrementAndGet();
    return watch;
  }

  /** How many watch. */
  public int count() {
    return count.get();
  }

  void applied(Change change, Applied applied) {
    told++;
    if (count.get() == 0) {
      return;
    }
    List<Watch> watches = bySignup.get(change.seq());
    if (watches != null) {
      List.copyOf(watches).forEach(watch -> watch.applied(applied));
    }
  }

  /** Tells everybody that it is over, and lets nobody more in. */
  void close() {
    isClosed = true;
    List.copyOf(bySignup.values()).stream().flatMap(List::stream).toList().forEach(Watch::over);
  }

  void remove(Watch watch) {
    List<Watch> others = bySignup.get(watch.seq());
    if (others != null && others.remove(watch)) {
      count.decrementAndGet();
      if (others.isEmpty()) {
        bySignup.remove(watch.seq());
      }
    }
  }

  void read(String id, Consumer<Optional<Receipt>> found, Runnable unreadable) {
    var unused = look(id).onSuccess(found::accept).onFailure(gone -> unreadable.run());
  }

  private Future<Optional<Receipt>> look(String id) {
    return journal.find(id).map(signup -> signup.map(receipts));
  }

  void later(Runnable step) {
    var unused = loop.after(READ_AGAIN, step);
  }

  void onLoop(Runnable step) {
    loop.run(step);
  }

  private Watch begin(Receipt found, long before, Watcher watcher) {
    Watch watch = add(new Watch(this, found, anything -> true, watcher));
    watcher.stands(found);
    if (isClosed) {
      watch.over();
    } else if (told != before) {
      // A change may have been committed after the read and told before the watch was there.
      watch.changed();
    }
    return watch;
  }
}
