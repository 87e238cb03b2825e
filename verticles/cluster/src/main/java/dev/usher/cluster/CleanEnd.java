package dev.usher.cluster;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process that runs handlers ends on SIGTERM and SIGINT: it drains, leaves the cluster, and a
 * clean end is exit code 0. The JVM would report 143 or 130 after its shutdown hooks, which is why
 * the hook itself halts.
 */
public final class CleanEnd {

  private static final Logger LOG = LoggerFactory.getLogger(CleanEnd.class);
  private static final int FAILED = 1;
  private static final long LEAVE_SECONDS = 10;

  private final ClusterMember member;
  private final Step drain;
  private final Step last;

  /** A part of the end, which blocks for as long as it takes. */
  @FunctionalInterface
  public interface Step {
    /** Does it; whatever it throws is logged, and ends the process as failed. */
    void run() throws Exception;
  }

  private CleanEnd(ClusterMember member, Step drain, Step last) {
    this.member = member;
    this.drain = drain;
    this.last = last;
  }

  /**
   * From now on this process ends so.
   *
   * @param drain takes the handlers away
   * @param last follows when it has left
   */
  public static void of(ClusterMember member, Step drain, Step last) {
    CleanEnd end = new CleanEnd(member, drain, last);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(end.run()), "drain"));
  }

  private int run() {
    try {
      drain.run();
      // Not chained to the above: a step on an event loop can't see the end of all event loops.
      member.leave().toCompletionStage().toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
      last.run();
      return 0;
    } catch (Exception e) {
      LOG.error("did not end cleanly: {}", e.toString());
      return FAILED;
    }
  }
}
