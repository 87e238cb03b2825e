package dev.usher.runner;

import dev.usher.runner.process.Line;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.function.Function;

/**
 * Keeps what the code of handlers prints to standard output and errors of this process, which get
 * it as before too. What comes through the console's logger is not taken again, see {@link LogTap}.
 */
final class OutputTap implements AutoCloseable {

  private final PrintStream out;
  private final PrintStream errors;
  private final PrintStream tappedOut;
  private final PrintStream tappedErrors;

  private OutputTap(HandlerLogs logs) {
    out = System.out;
    errors = System.err;
    tappedOut = tapped(out, "stdout.encoding", Line::ofOutput, logs);
    tappedErrors = tapped(errors, "stderr.encoding", Line::ofErrors, logs);
  }

  /** Keeps all that is printed in this process from now on. */
  static OutputTap into(HandlerLogs logs) {
    OutputTap tap = new OutputTap(logs);
    System.setOut(tap.tappedOut);
    System.setErr(tap.tappedErrors);
    return tap;
  }

  /** Keeps nothing more, unless somebody has put a stream of their own over it. */
  @Override
  public void close() {
    if (System.out == tappedOut) {
      System.setOut(out);
    }
    if (System.err == tappedErrors) {
      System.setErr(errors);
    }
  }

  private static PrintStream tapped(
      PrintStream shown, String encoding, Function<String, Line> kind, HandlerLogs logs) {
    Charset charset = charset(encoding);
    return new PrintStream(new Printed(shown, charset, kind, logs), true, charset);
  }

  /** That of a stream of the process has had several names in the JDK. */
  private static Charset charset(String key) {
    String name = System.getProperty(key, System.getProperty("sun." + key, ""));
    boolean isKnown = !name.isEmpty() && Charset.isSupported(name);
    return isKnown ? Charset.forName(name) : Charset.defaultCharset();
  }
}
