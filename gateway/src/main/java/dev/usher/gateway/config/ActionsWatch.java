package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.Revision;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the actions in force equal to {@code actions.yaml} under what people said over it. Reads
 * the file over and over, because the operating system does not tell of a symbolic link that was
 * swapped, which is how mounted configuration changes. A file with a fault changes nothing.
 *
 * <p><b>Half-written files.</b> An editor may truncate the file before it writes it, and the first
 * half of a valid file may be valid. So a changed content counts only once it was read twice, one
 * {@link #PERIOD} apart: a change is in force within a second.
 *
 * <p><b>Threads.</b> One daemon thread of its own reads, logs, makes durable and calls back, as all
 * of it blocks; edits and orders come into force one after the other. All methods may be called
 * from any thread.
 */
public final class ActionsWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActionsWatch.class);

  /** Time between two readings. */
  static final Duration PERIOD = Duration.ofMillis(500);

  private final Path file;
  private final ActionsSwap swap;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "usher-actions-watch");
            daemon.setDaemon(true);
            return daemon;
          });

  private FileText judged;
  private FileText seen;
  private boolean isUnkept;

  /** Loads the file for the first time; nothing watches it yet. */
  ActionsWatch(
      Path file,
      Map<String, String> environment,
      Saved saved,
      ConfigRecord journal,
      Consumer<InForce> onChange)
      throws InvalidSettings {
    this.file = file;
    this.judged = FileText.read(file);
    this.seen = judged;
    this.swap = new ActionsSwap(judged, environment, saved, journal, onChange, Clock.systemUTC());
  }

  /**
   * Loads the file and begins to watch it.
   *
   * @param saved what is known from before this start
   * @param journal makes each later configuration durable
   * @param onChange called with every later configuration, one at a time, on the watch's thread;
   *     where it throws on an edit of the file, the old configuration stays
   * @throws InvalidSettings when the file is missing or faulty now
   */
  public static ActionsWatch start(
      Path file,
      Map<String, String> environment,
      Saved saved,
      ConfigRecord journal,
      Consumer<InForce> onChange)
      throws InvalidSettings {
    ActionsWatch watch = new ActionsWatch(file, environment, saved, journal, onChange);
    watch.begin();
    return watch;
  }

  /** All that is known of the configuration in force. */
  public InForce inForce() {
    return swap.inForce();
  }

  /** The actions in force. */
  public Actions actions() {
    return inForce().actions();
  }

  /** Grows with each configuration that came into force, also over restarts. */
  public long revision() {
    return inForce().revision();
  }

  /** Why the file as it stands is not in force; empty when it is. */
  public List<Problem> problems() {
    return inForce().problems();
  }

  /** The revision that this start began with and the journal does not have yet. */
  public Optional<Revision> first() {
    return swap.first();
  }

  /**
   * Changes an action over the file. Completes once the change is durable and in force; fails with
   * {@link InvalidSettings}, {@link java.util.NoSuchElementException} or {@link IOException}, and
   * then nothing changed.
   */
  public CompletableFuture<InForce> carryOut(OverrideOrder order) {
    CompletableFuture<InForce> done = new CompletableFuture<>();
    try {
      thread.execute(() -> carryOut(order, done));
    } catch (RejectedExecutionException closed) {
      done.completeExceptionally(new IOException("the gateway is shutting down", closed));
    }
    return done;
  }

  /** Stops watching; the actions stay as they are. */
  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Reads the file once. */
  void look() {
    FileText now = FileText.read(file);
    boolean isSettled = now.equals(seen);
    seen = now;
    if (isSettled && !now.equals(judged)) {
      judge(now);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the thread, and never fails.
  private void begin() {
    long period = PERIOD.toMillis();
    thread.scheduleWithFixedDelay(this::lookSafely, period, period, TimeUnit.MILLISECONDS);
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("{} could not be watched; trying again", file, e);
    }
  }

  private void judge(FileText text) {
    try {
      swap.take(text);
      judged = text;
      isUnkept = false;
    } catch (IOException e) {
      // Not judged: it is read again, and by then the journal may take it.
      if (!isUnkept) {
        LOG.warn("{} changed but can't be recorded, trying again: {}", file, e.getMessage());
      }
      isUnkept = true;
    }
  }

  private void carryOut(OverrideOrder order, CompletableFuture<InForce> done) {
    try {
      InForce now = swap.carryOut(order);
      // A file that was refused may be sound now.
      judged = swap.accepted();
      done.complete(now);
    } catch (InvalidSettings | IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }
}
