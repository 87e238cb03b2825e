package dev.usher.handler;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A handler process before it runs: what is fixed in its code. Immutable. */
public final class NamedHandler {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private final String name;
  private final String announced;
  private final OptionalInt slots;
  private final Optional<String> erasedAt;

  private NamedHandler(
      String name, String announced, OptionalInt slots, Optional<String> erasedAt) {
    this.name = name;
    this.announced = announced;
    this.slots = slots;
    this.erasedAt = erasedAt;
  }

  static NamedHandler of(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name for a handler: write lower-case letters, digits, hyphens");
    }
    return new NamedHandler(name, name, OptionalInt.empty(), Optional.empty());
  }

  /** The name that gateways and people see, where it is not the name of the process. */
  public NamedHandler announcedAs(String handler) {
    return new NamedHandler(name, handler, slots, erasedAt);
  }

  /**
   * How many deliveries run at once, where the setting {@code slots} says nothing else. Without it:
   * 256, or 16 for a blocking handler.
   */
  public NamedHandler slots(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " slots: a handler needs at least one");
    }
    return new NamedHandler(name, announced, OptionalInt.of(count), erasedAt);
  }

  /**
   * Also serves the address that the action's {@code erased} names: what comes there goes to the
   * handler's {@code erase}.
   */
  public NamedHandler erasedAt(String address) {
    return new NamedHandler(name, announced, slots, Optional.of(address));
  }

  /** Runs a handler that needs nothing to be made; see {@link Handlers}. */
  public void run(String address, Supplier<? extends SignupHandler> handler, String... args) {
    run(address, context -> handler.get(), args);
  }

  /** Runs a handler that is made from its settings; see {@link Handlers}. */
  public void run(
      String address, Function<HandlerContext, ? extends SignupHandler> handler, String... args) {
    HostedHandler hosted = new HostedHandler(this, address, handler);
    if (!Hosting.takes(hosted)) {
      HandlerProcess.start(hosted, List.of(args));
    }
  }

  /** Runs a blocking handler that needs nothing to be made; see {@link Handlers}. */
  public void runBlocking(
      String address, Supplier<? extends BlockingSignupHandler> handler, String... args) {
    runBlocking(address, context -> handler.get(), args);
  }

  /** Runs a blocking handler that is made from its settings; see {@link Handlers}. */
  public void runBlocking(
      String address,
      Function<HandlerContext, ? extends BlockingSignupHandler> handler,
      String... args) {
    run(address, context -> SignupHandler.blocking(handler.apply(context)), args);
  }

  String name() {
    return name;
  }

  String announced() {
    return announced;
  }

  Optional<String> erasedAt() {
    return erasedAt;
  }

  OptionalInt slots() {
    return slots;
  }
}
