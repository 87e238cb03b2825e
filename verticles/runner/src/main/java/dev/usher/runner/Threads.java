package dev.usher.runner;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.WorkerPool;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Starts the threads that a process makes when they are first needed, before any handler needs
 * them: a thread keeps, for as long as it lives, the class loaders of the code that made it.
 */
final class Threads {

  private Threads() {}

  /** Starts those of Vert.x and of the JDK that live as long as the process. */
  static void startAll(Vertx vertx) {
    VertxInternal internal = (VertxInternal) vertx;
    start(internal.nettyEventLoopGroup());
    start(internal.acceptorEventLoopGroup());
    start(internal.workerPool());
    start(internal.internalWorkerPool());
    Executor soon = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);
    soon.execute(() -> {});
  }

  /**
   * Takes a class loader away from the threads of the JDK that have got it from code of its own,
   * because that was the first to need them: the one that awaits the end of processes, for one,
   * which a driver starts to learn what system it is on.
   */
  static void release(ClassLoader loader) {
    ThreadGroup system = system();
    Thread[] threads = new Thread[2 * system.activeCount()];
    int count = system.enumerate(threads, false);
    for (Thread thread : Arrays.asList(threads).subList(0, count)) {
      if (thread.getContextClassLoader() == loader) {
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      }
    }
  }

  /** The root of all groups, which nobody but the JDK has threads in. */
  private static ThreadGroup system() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    ThreadGroup parent = group.getParent();
    while (parent != null) {
      group = parent;
      parent = group.getParent();
    }
    return group;
  }

  private static void start(EventExecutorGroup group) {
    for (EventExecutor loop : group) {
      loop.execute(() -> {});
    }
  }

  private static void start(WorkerPool pool) {
    if (pool.executor() instanceof ThreadPoolExecutor threads) {
      int unused = threads.prestartAllCoreThreads();
    }
  }
}
