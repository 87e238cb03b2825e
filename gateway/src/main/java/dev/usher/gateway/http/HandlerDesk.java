package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.RunnerReport;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hot-deployed handlers, to see and to change; handed in by who knows them. Whatever can't be
 * done fails with {@link dev.usher.gateway.pipeline.DeployRefused}, and then nothing changed.
 */
public interface HandlerDesk {

  /** Longest file taken. */
  long maxBytes();

  /** An empty file for one that is on its way. */
  Future<Path> room();

  /** Drops a file that did not come whole. */
  void drop(Path unfinished);

  /** Takes a file that came whole and has the runners try it. */
  Future<Deployed> deploy(Order order, Path file);

  /** Carries out what a person says of a handler that is there. */
  Future<Void> carryOut(Deed deed, String name, String token);

  /** How everything stands. */
  Future<Standing> standing();

  /** What a handler logged last, in every runner. */
  Future<Logs> logs(String name, int lines);

  /** What can be said of a handler that is there. */
  enum Deed {
    /** The canary takes the place of the current version. */
    PROMOTE,
    /** The version that is tried goes, or the one before the current one comes back. */
    ROLLBACK,
    /** Nothing of it runs any more. */
    UNDEPLOY
  }

  /**
   * A handler to deploy.
   *
   * @param name what people call the handler
   * @param file the file's name
   * @param address event-bus address it is to serve instead of its own; empty for its own
   * @param settings values over those that a runner has for it; secrets as references
   * @param isIsolated whether it is to run as a process of its own
   * @param share percent of the deliveries that it is to get
   * @param checksum what the sender says the file's SHA-256 is, in hexadecimal digits
   * @param token name of the token it came with
   */
  record Order(
      String name,
      String file,
      String address,
      Map<String, String> settings,
      boolean isIsolated,
      int share,
      Optional<String> checksum,
      String token) {}

  /**
   * A version that was sent.
   *
   * @param isNew false where it is in force already, and nothing was done
   * @param runners how many runners are there to try it
   */
  record Deployed(Artefact version, boolean isNew, int runners) {}

  /**
   * How everything stands.
   *
   * @param at when it stood so
   * @param versions every version that is kept, by name, the oldest first
   * @param runners what the runners that are there say
   */
  record Standing(Instant at, List<Artefact> versions, List<RunnerReport> runners) {}

  /**
   * What a handler logged last.
   *
   * @param lines of all runners, by time
   * @param silent the runners that did not answer
   */
  record Logs(List<Line> lines, List<String> silent) {}

  /** One line that a handler logged. */
  record Line(String at, String runner, int version, String level, String text) {}
}
