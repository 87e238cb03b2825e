package dev.usher.runner;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A thread for the code of one version to start on: it has the version's class loader, what the
 * code leaves in its thread locals ends with it, and code that never returns holds up nobody else.
 */
final class OwnThread {

  /** Longest time that the start of a version may take. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private OwnThread() {}

  /** What runs on it. */
  @FunctionalInterface
  interface Step {
    void run() throws CannotDeploy;
  }

  static void run(Artefact artefact, Classes program, Step step) throws CannotDeploy {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(done, step), "start " + artefact.name());
    thread.setDaemon(true);
    thread.setContextClassLoader(program.loader());
    thread.start();
    try {
      done.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CannotDeploy why
          ? why
          : Failures.of("it does not start", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new CannotDeploy(hanging(thread), e);
    } catch (InterruptedException e) {
      throw new CannotDeploy("the runner ends", e);
    }
  }

  private static void complete(CompletableFuture<Void> done, Step step) {
    try {
      step.run();
      done.complete(null);
    } catch (Throwable whateverItThrows) {
      done.completeExceptionally(whateverItThrows);
    }
  }

  private static String hanging(Thread thread) {
    StackTraceElement[] trace = thread.getStackTrace();
    String where = trace.length == 0 ? "" : " in " + trace[0];
    return "it hangs: it has not started within " + LIMIT.toSeconds() + " s" + where;
  }
}
