package dev.usher.handler;

import java.util.List;
import java.util.function.Function;

/** A process that runs one handler. */
final class HandlerProcess {

  private HandlerProcess() {}

  static void start(
      NamedHandler named,
      String address,
      Function<HandlerContext, ? extends SignupHandler> handler,
      List<String> args) {
    if (args.isEmpty()) {
      throw new UnsupportedOperationException(named.name() + " at " + address + ": " + handler);
    }
  }
}
