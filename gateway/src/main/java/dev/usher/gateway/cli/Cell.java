package dev.usher.gateway.cli;

import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * One field of a {@link Table}.
 *
 * @param text what it says
 * @param styles how it looks where colours are allowed
 */
record Cell(String text, List<IStyle> styles) {

  Cell {
    text = Printable.of(text);
  }

  static Cell of(String text) {
    return new Cell(text, List.of());
  }

  static Cell of(long number) {
    return of(Long.toString(number));
  }

  static Cell heading(String text) {
    return new Cell(text, List.of(Style.bold));
  }

  /** A number that should be zero. */
  static Cell alarm(long number) {
    return number == 0 ? of(number) : new Cell(Long.toString(number), List.of(Style.fg_red));
  }

  /** Something that is being waited for. */
  static Cell waiting(String text) {
    return new Cell(text, List.of(Style.fg_yellow));
  }

  /** The state of a signup, a delivery, an instance or the gateway. */
  static Cell state(String state) {
    return switch (state) {
      case "up", "completed", "succeeded" -> new Cell(state, List.of(Style.fg_green));
      case "down", "gone", "failed", "dead" -> new Cell(state, List.of(Style.fg_red));
      case "open", "running" -> of(state);
      // States of a newer gateway are shown, too; none is worth an alarm we can't explain.
      default -> waiting(state);
    };
  }

  int width() {
    return text.codePointCount(0, text.length());
  }

  boolean isNumber() {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  String render(Ansi ansi) {
    if (styles.isEmpty() || text.isEmpty() || !ansi.enabled()) {
      return text;
    }
    // Not Style.off: picocli ends bold with 21, which many terminals take for a double underline.
    return Style.on(styles.toArray(IStyle[]::new)) + text + Style.reset.off();
  }
}
