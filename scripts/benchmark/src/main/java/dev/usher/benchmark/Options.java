package dev.usher.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param home the repository
 * @param parts names of the parts to measure; none: all
 * @param out the folder for the report; none: it is only printed
 * @param work where the processes that are measured keep their data
 */
record Options(
    Path home,
    List<String> parts,
    boolean isQuick,
    int rounds,
    Duration time,
    long waiting,
    long settled,
    Optional<Path> out,
    Path work) {

  /** What is wrong with the options, to a person. */
  static final class Wrong extends Exception {

    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  static Options parse(Path home, String... arguments) throws Wrong {
    Draft draft = new Draft(home);
    Iterator<String> words = List.of(arguments).iterator();
    while (words.hasNext()) {
      draft.take(words.next(), words);
    }
    return draft.finish();
  }

  private static final class Draft {

    private final Path home;
    private final List<String> parts = new ArrayList<>();
    private boolean isQuick;
    private Optional<Long> rounds = Optional.empty();
    private Optional<Long> seconds = Optional.empty();
    private Optional<Long> waiting = Optional.empty();
    private Optional<Long> settled = Optional.empty();
    private Optional<Path> out = Optional.empty();
    private Path work;

    Draft(Path home) {
      this.home = home;
      this.work = home.resolve("scripts/benchmark/target/run");
    }

    void take(String word, Iterator<String> rest) throws Wrong {
      switch (word) {
        case "--quick" -> isQuick = true;
        case "--rounds" -> rounds = Optional.of(number(word, rest));
        case "--seconds" -> seconds = Optional.of(number(word, rest));
        case "--waiting" -> waiting = Optional.of(number(word, rest));
        case "--settled" -> settled = Optional.of(number(word, rest));
        case "--out" -> out = Optional.of(Path.of(value(word, rest)).toAbsolutePath());
        case "--work" -> work = Path.of(value(word, rest)).toAbsolutePath();
        default -> part(word);
      }
    }

    private void part(String word) throws Wrong {
      if (!Parts.NAMES.contains(word)) {
        String kind = word.startsWith("-") ? "option" : "part";
        throw new Wrong(
            "unknown " + kind + " " + word + "; parts are: " + String.join(" ", Parts.NAMES));
      }
      parts.add(word);
    }

    private static String value(String option, Iterator<String> rest) throws Wrong {
      if (!rest.hasNext()) {
        throw new Wrong(option + " needs a value");
      }
      return rest.next();
    }

    private static long number(String option, Iterator<String> rest) throws Wrong {
      String text = value(option, rest);
      if (!text.matches("[1-9][0-9]{0,9}")) {
        throw new Wrong(
            String.format(Locale.ROOT, "%s takes a number above 0, not %s", option, text));
      }
      return Long.parseLong(text);
    }

    Options finish() {
      boolean isWhole = parts.isEmpty() && !isQuick;
      return new Options(
          home,
          List.copyOf(parts),
          isQuick,
          rounds.orElse(isQuick ? 1L : 3L).intValue(),
          Duration.ofSeconds(seconds.orElse(isQuick ? 1L : 10L)),
          waiting.orElse(isQuick ? 2_000L : 1_000_000L),
          settled.orElse(isQuick ? 2_000L : 10_000_000L),
          isWhole && out.isEmpty() ? Optional.of(home.resolve("docs")) : out,
          work);
    }
  }
}
