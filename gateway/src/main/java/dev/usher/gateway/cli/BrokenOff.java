package dev.usher.gateway.cli;

import java.util.function.Supplier;

/**
 * Says how far a command came when Ctrl-C or SIGTERM ends its process, until that is forgotten. The
 * command itself goes on meanwhile, so the words may be a moment old.
 */
final class BrokenOff {

  private final Thread hook;

  BrokenOff(Console console, Supplier<String> words) {
    hook =
        new Thread(
            () -> {
              // The bar, or the ^C of the terminal, is on the line.
              String begin = console.isTerminal() ? System.lineSeparator() : "";
              console.say(begin + "broken off: " + words.get());
              console.flush();
            },
            "broken-off");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** It has ended by itself. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // It has been said.
    }
  }
}
