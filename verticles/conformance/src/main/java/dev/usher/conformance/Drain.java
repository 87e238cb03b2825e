package dev.usher.conformance;

import dev.usher.conformance.Trial.Sent;
import java.util.List;
import java.util.stream.Stream;

/** A handler that is told to end finishes what it has, and what comes meanwhile waits for it. */
final class Drain {

  static final Case CASE = new Case("drain", Drain::examine);

  private static final int RUNNING = 4;
  private static final int SLOW_MS = 1_000;

  /** How a shell tells of a process that ended by SIGTERM. */
  private static final int TERMINATED = 143;

  private Drain() {}

  private static void examine(Trial trial) {
    Child process = trial.process();
    List<Sent> running =
        Stream.generate(() -> trial.send(Asked.toWait(SLOW_MS))).limit(RUNNING).toList();
    running.forEach(trial::awaitRunning);
    int code = process.terminate();
    Sent meanwhile = trial.send(Asked.to("succeed"));
    // Before the verdict: the next case needs a handler too.
    trial.startHandler();
    for (Sent sent : running) {
      trial.ended(sent).mustEndBy("succeeded").mustResultIn(Asked.BEGUN_ONCE);
    }
    if (code != 0 && code != TERMINATED) {
      throw new NotConforming("it ended with exit code " + code + ", not 0");
    }
    trial.ended(meanwhile).mustSucceed();
  }
}
