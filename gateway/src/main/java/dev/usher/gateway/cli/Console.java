package dev.usher.gateway.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The person or program at the other end.
 *
 * @param out takes data
 * @param err takes talk
 * @param in what {@code -} reads
 * @param isTerminal whether a person reads {@code out}: tables rather than JSON lines
 * @param isColoured whether {@code out} may be coloured
 */
public record Console(
    PrintStream out, PrintStream err, InputStream in, boolean isTerminal, boolean isColoured) {

  /**
   * The console of this process. Always UTF-8. Since JDK 22 {@code System.console()} is there even
   * when output is piped, so {@code scripts/usher} says in {@code usher.tty} what stdout is.
   */
  @SuppressWarnings("SystemConsoleNull")
  public static Console ofProcess(Map<String, String> environment) {
    String tty = System.getProperty("usher.tty");
    boolean isTerminal = tty == null ? System.console() != null : tty.equals("true");
    return new Console(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.in,
        isTerminal,
        isTerminal && mayColour(environment));
  }

  /** Writes one line of data. */
  void print(String line) {
    out.println(line);
  }

  /** Writes one line of talk. */
  void say(String line) {
    err.println(line);
  }

  Ansi ansi() {
    return isColoured ? Ansi.ON : Ansi.OFF;
  }

  void flush() {
    out.flush();
    err.flush();
  }

  /** See no-color.org: any value that is not empty counts. */
  private static boolean mayColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
