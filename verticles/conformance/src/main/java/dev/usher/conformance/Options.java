package dev.usher.conformance;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param address where a handler listens
 * @param isExamples whether the handlers that Usher comes with are examined; always, where there is
 *     no address
 * @param isJson whether results are told as JSON
 * @param command starts the handler; empty where somebody else does
 */
record Options(Optional<String> address, boolean isExamples, boolean isJson, List<String> command) {

  /** What is wrong with the options, to a person. */
  static final class Wrong extends Exception {

    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  static Options parse(List<String> words) throws Wrong {
    Optional<String> address = Optional.empty();
    boolean isExamples = false;
    boolean isJson = false;
    List<String> command = new ArrayList<>();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--examples" -> isExamples = true;
        case "-o" -> isJson = json(rest);
        case "--" -> rest.forEachRemaining(command::add);
        default -> address = Optional.of(only(address, word));
      }
    }
    if (address.isEmpty() && !isExamples) {
      throw new Wrong("name the handler's ADDRESS, or say --examples");
    }
    return new Options(address, isExamples, isJson, List.copyOf(command));
  }

  private static boolean json(Iterator<String> rest) throws Wrong {
    if (!rest.hasNext() || !rest.next().equals("json")) {
      throw new Wrong("-o takes json");
    }
    return true;
  }

  private static String only(Optional<String> before, String word) throws Wrong {
    if (word.startsWith("-")) {
      throw new Wrong("unknown option " + word);
    }
    if (before.isPresent()) {
      throw new Wrong("a command stands behind --, as in: ADDRESS -- " + word);
    }
    return word;
  }
}
