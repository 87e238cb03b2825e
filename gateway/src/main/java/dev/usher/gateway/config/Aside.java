package dev.usher.gateway.config;

import dev.usher.settings.Problem;
import java.util.List;

/**
 * An override that does not fit the file as it reads now. It is not applied and not forgotten.
 *
 * @param action name of the action it is of
 * @param problems what would be wrong with it, at least one
 */
public record Aside(String action, List<Problem> problems) {

  /** Its problems in one line. */
  public String why() {
    return String.join("; ", problems.stream().map(Problem::toString).toList());
  }
}
