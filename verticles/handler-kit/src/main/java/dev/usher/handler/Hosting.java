package dev.usher.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Lets another process run what a handler's {@code main} would run as a process of its own, so that
 * the same jar does both, unchanged. For those who host handlers, never for handlers.
 */
public final class Hosting {

  private static final ThreadLocal<@Nullable List<HostedHandler>> COLLECTED = new ThreadLocal<>();

  private Hosting() {}

  /**
   * Runs a {@code main} on the calling thread, and gives the handlers it would have run, in their
   * order. None of them is started, and nothing is read of the options that it passes on.
   */
  public static List<HostedHandler> handlersOf(Callable<?> main) throws Exception {
    List<HostedHandler> collected = new ArrayList<>();
    COLLECTED.set(collected);
    try {
      main.call();
      return List.copyOf(collected);
    } finally {
      COLLECTED.remove();
    }
  }

  /** Whether somebody hosts the handler that the calling thread is about to run. */
  static boolean takes(HostedHandler handler) {
    List<HostedHandler> collected = COLLECTED.get();
    return collected != null && collected.add(handler);
  }
}
