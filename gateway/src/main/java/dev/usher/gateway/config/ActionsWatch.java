package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Actions;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the actions in force equal to {@code actions.yaml}. Reads the file over and over, because
 * the operating system does not tell of a symbolic link that was swapped, which is how mounted
 * configuration changes. A file with a fault changes nothing.
 *
 * <p><b>Half-written files.</b> An editor may truncate the file before it writes it, and the first
 * half of a valid file may be valid. So a changed content counts only once it was read twice, one
 * {@link #PERIOD} apart: a change is in force within a second.
 *
 * <p><b>Threads.</b> One daemon thread of its own reads, logs and calls back, as reading blocks.
 * All methods may be called from any thread.
 */
public final class ActionsWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ActionsWatch.class);

  /** Time between two readings. */
  static final Duration PERIOD = Duration.ofMillis(500);

  /** What is known at one moment. */
  private record InForce(Actions actions, int revision, List<Problem> problems) {

    InForce failing(List<Problem> found) {
      return new InForce(actions, revision, found);
    }
  }

  private final Path file;
  private final Map<String, String> environment;
  private final Consumer<Actions> onChange;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread daemon = new Thread(work, "usher-actions-watch");
            daemon.setDaemon(true);
            return daemon;
          });

  private volatile InForce inForce;
  private FileText accepted;
  private FileText judged;
  private FileText seen;

  /** Loads the file for the first time; nothing watches it yet. */
  ActionsWatch(Path file, Map<String, String> environment, Consumer<Actions> onChange)
      throws InvalidSettings {
    this.file = file;
    this.environment = environment;
    this.onChange = onChange;
    this.accepted = FileText.read(file);
    this.judged = accepted;
    this.seen = accepted;
    this.inForce = new InForce(accepted.actions(environment), 1, List.of());
  }

  /**
   * Loads the file and begins to watch it.
   *
   * @param onChange called with every later configuration, one at a time, on the watch's thread;
   *     where it throws, the old configuration stays
   * @throws InvalidSettings when the file is missing or faulty now
   */
  public static ActionsWatch start(
      Path file, Map<String, String> environment, Consumer<Actions> onChange)
      throws InvalidSettings {
    ActionsWatch watch = new ActionsWatch(file, environment, onChange);
    watch.begin();
    return watch;
  }

  /** The actions in force. */
  public Actions actions() {
    return inForce.actions();
  }

  /** Grows with each content that came into force; 1 for the first. */
  public int revision() {
    return inForce.revision();
  }

  /** Why the file as it stands is not in force; empty when it is. */
  public List<Problem> problems() {
    return inForce.problems();
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
      judged = now;
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
    if (text.equals(accepted)) {
      inForce = inForce.failing(List.of());
      LOG.info("{} is again as it is in force (revision {})", file, revision());
      return;
    }
    try {
      swap(text, text.actions(environment));
    } catch (InvalidSettings e) {
      refuse(e.problems());
    }
  }

  private void swap(FileText text, Actions actions) {
    InForce before = inForce;
    inForce = new InForce(actions, before.revision() + 1, List.of());
    try {
      onChange.accept(actions);
    } catch (RuntimeException e) {
      inForce = before;
      LOG.error("{} could not be put in force", file, e);
      refuse(List.of(new Problem(file.toString(), "", "could not be put in force: " + e)));
      return;
    }
    accepted = text;
    LOG.info("{} changed, revision {}", file, revision());
    ActionsDiff.between(before.actions(), actions).forEach(line -> LOG.info("{}", line));
  }

  private void refuse(List<Problem> problems) {
    inForce = inForce.failing(problems);
    problems.forEach(problem -> LOG.warn("{}", problem));
    LOG.warn("{} is not in force; revision {} stays", file, revision());
  }
}
