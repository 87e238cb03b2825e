package dev.usher.handler;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a handler as a process of the cluster: the whole of a handler's {@code main}. The name says
 * everything at once: the process reads {@code config/<name>.yaml} and {@code USHER_<NAME>_…},
 * keeps {@code data/<name>/} for itself, and announces itself to the gateways as {@code <name>}.
 * {@link #named} is the longer form, for a handler that is announced under another name than its
 * process has, with another number of slots, or that lets go of what it keeps of erased signups.
 *
 * <p>Returns once the handler is ready; the process then runs until it is told to end (SIGTERM or
 * SIGINT): it drains, leaves the cluster and exits with 0. Ends the process with 2 for a wrong
 * option or setting, and with 1 when the handler can't start.
 */
public final class Handlers {

  private Handlers() {}

  /** Runs a handler that needs nothing to be made. */
  public static void run(
      String name, String address, Supplier<? extends SignupHandler> handler, String... args) {
    named(name).run(address, handler, args);
  }

  /** Runs a handler that is made from its settings. */
  public static void run(
      String name,
      String address,
      Function<HandlerContext, ? extends SignupHandler> handler,
      String... args) {
    named(name).run(address, handler, args);
  }

  /** Runs a blocking handler that needs nothing to be made. */
  public static void runBlocking(
      String name,
      String address,
      Supplier<? extends BlockingSignupHandler> handler,
      String... args) {
    named(name).runBlocking(address, handler, args);
  }

  /** Runs a blocking handler that is made from its settings. */
  public static void runBlocking(
      String name,
      String address,
      Function<HandlerContext, ? extends BlockingSignupHandler> handler,
      String... args) {
    named(name).runBlocking(address, handler, args);
  }

  /** A handler process of this name, to be described further before it runs. */
  public static NamedHandler named(String name) {
    return NamedHandler.of(name);
  }
}
