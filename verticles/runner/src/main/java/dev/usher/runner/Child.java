package dev.usher.runner;

import dev.usher.runner.process.Command;
import dev.usher.runner.process.DoesNotStart;
import dev.usher.runner.process.Line;
import dev.usher.runner.process.Observer;
import dev.usher.runner.process.ReadyLine;
import dev.usher.runner.process.Supervised;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An artefact as a process of its own, which is started again when it ends by itself. */
final class Child implements Program {

  private static final Logger LOG = LoggerFactory.getLogger(Child.class);

  /** Past its drain limit, and before a version that does not stop is left behind. */
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(8);

  private final Duration drainLimit;
  private final Recipe recipe;

  /** How the process is started. */
  @FunctionalInterface
  interface Recipe {

    /** Gives what is to be asked at each start; takes the folders that the process needs. */
    Supplier<Command> of(Version version) throws CannotDeploy;
  }

  /**
   * Starts nothing yet.
   *
   * @param drainLimit longest time that the process takes to finish what it has
   */
  Child(Duration drainLimit, Recipe recipe) {
    this.drainLimit = drainLimit;
    this.recipe = recipe;
  }

  @Override
  public void start(Version version) throws CannotDeploy {
    Supplier<Command> command = recipe.of(version);
    try {
      Supervised process = Supervised.start(command, new Reporter(version));
      for (ReadyLine handler : process.handlers()) {
        version.add(part(process, handler));
      }
    } catch (DoesNotStart e) {
      throw new CannotDeploy(String.valueOf(e.getMessage()), e);
    }
  }

  /** Its files are the version's. */
  @Override
  public void release() {}

  /** Ending any part of a process ends the process. */
  private Part part(Supervised process, ReadyLine handler) {
    Duration limit =
        handler.drainLimit().compareTo(drainLimit) > 0 ? handler.drainLimit() : drainLimit;
    String where = handler.address().isEmpty() ? "" : " at " + handler.address();
    return new Part(
        handler.handler() + where + ", in a process of its own",
        handler.address(),
        limit,
        Future::succeededFuture,
        () -> Future.fromCompletionStage(process.stop(limit.plus(LEAVE_LIMIT))));
  }

  /** Tells what becomes of the process, and what it says. */
  private record Reporter(Version version, Logger log) implements Observer {

    private Reporter(Version version) {
      this(version, LoggerFactory.getLogger("handler." + version.artefact().name()));
    }

    @Override
    public void printed(Line line) {
      log.atLevel(line.level()).log(line.text());
      version.listener().printed(version, line);
    }

    @Override
    public void ended(String how, int times, Duration wait) {
      String why =
          "its process ended " + how + "; it is started again in " + wait.toSeconds() + " s";
      LOG.error("{} {}: {}", version.artefact().name(), version.artefact().version(), why);
      version.listener().restarts(version, why + times(times));
    }

    @Override
    public void failed(String why) {
      version.listener().failed(version, why);
    }

    @Override
    public void recovered(String how, int times) {
      LOG.info("{} {} serves again", version.artefact().name(), version.artefact().version());
      version.listener().servesAgain(version, "its process ended " + how + times(times));
    }

    private static String times(int ends) {
      return ends == 1 ? "" : " (" + ends + " times so far)";
    }
  }
}
