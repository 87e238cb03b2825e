package dev.usher.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that can't be used, with every problem found; the message has a line for each. */
public final class InvalidSettings extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /** Reports these problems; there is at least one. */
  public InvalidSettings(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
