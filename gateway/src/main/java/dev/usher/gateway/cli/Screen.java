package dev.usher.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A whole terminal, drawn anew again and again, and put back as it was. */
final class Screen implements AutoCloseable {

  private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";
  private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_REST = "\u001b[J";
  private static final int USUAL_ROWS = 24;

  private final Console console;
  private final String settings = stty("-g").strip();
  private final Thread onExit = new Thread(this::restore, "screen-restore");

  Screen(Console console) {
    this.console = console;
    Runtime.getRuntime().addShutdownHook(onExit);
    // Keys come one by one and unseen; Ctrl-C still ends the program.
    var unused = stty("-icanon -echo");
    console.out().print(ENTER);
  }

  /** Draws what this prints; what does not fit is cut. */
  void draw(Consumer<Console> page) {
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(drawn, true, UTF_8);
    page.accept(
        new Console(out, console.err(), console.in(), console.isTerminal(), console.isColoured()));
    String lines =
        drawn
            .toString(UTF_8)
            .lines()
            .limit(Math.max(1, rows() - 1))
            .map(line -> line + CLEAR_LINE + "\r\n")
            .collect(Collectors.joining());
    console.out().print(HOME + lines + CLEAR_REST);
    console.out().flush();
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException isExiting) {
      // Then the hook runs, and does it once more: no harm.
    }
  }

  private void restore() {
    console.out().print(LEAVE);
    console.out().flush();
    var unused = stty(settings.isEmpty() ? "sane" : settings);
  }

  private static int rows() {
    String size = stty("size");
    String rows = size.contains(" ") ? size.substring(0, size.indexOf(' ')) : "";
    return rows.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(rows) : USUAL_ROWS;
  }

  /** Without stty, as on Windows, the keys need Enter and the page has the usual height. */
  private static String stty(String what) {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty " + what + " </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(stty.getInputStream().readAllBytes(), UTF_8);
      var unused = stty.waitFor(1, TimeUnit.SECONDS);
      return said;
    } catch (IOException none) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
