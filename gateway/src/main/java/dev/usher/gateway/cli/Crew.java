package dev.usher.gateway.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Some threads that do something for each number from 0 on, as far as they are let. */
final class Crew implements AutoCloseable {

  private static final int SIZE = 16;

  private final int total;
  private final Deed deed;
  private final Semaphore allowed;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(SIZE);
  private volatile @Nullable CommandFailed failure;

  /** What is done for a number. */
  @FunctionalInterface
  interface Deed {
    void of(int number) throws CommandFailed;
  }

  /**
   * Begins.
   *
   * @param total numbers there are
   * @param first how many may be done until {@link #allow} says more
   */
  Crew(int total, int first, Deed deed) {
    this.total = total;
    this.deed = deed;
    this.allowed = new Semaphore(first);
    for (int i = 0; i < SIZE; i++) {
      threads.execute(this::work);
    }
  }

  /** Does it for all numbers. */
  static void all(int total, Deed deed) throws CommandFailed {
    try (Crew crew = new Crew(total, total, deed)) {
      crew.awaitDone(total);
    }
  }

  /** Lets so many more be done. */
  void allow(int more) {
    allowed.release(more);
  }

  /** Waits until so many are done; fails with whatever failed first. */
  void awaitDone(int number) throws CommandFailed {
    while (done.get() < number) {
      CommandFailed failed = failure;
      if (failed != null) {
        throw failed;
      }
      Pause.moment();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void work() {
    try {
      while (failure == null) {
        allowed.acquire();
        int number = next.getAndIncrement();
        if (number >= total) {
          return;
        }
        deed.of(number);
        done.incrementAndGet();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (CommandFailed failed) {
      failure = failed;
    } catch (RuntimeException fault) {
      // Whoever waits for this number would wait for ever.
      failure = new CommandFailed(Exit.FAILED, "this is a fault in usher itself: " + fault);
    }
  }
}
