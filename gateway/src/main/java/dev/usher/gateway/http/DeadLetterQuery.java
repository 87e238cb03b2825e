package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.ReasonClass;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a request for dead letters asks for; throws {@link Refused} where it can't be read. */
final class DeadLetterQuery {

  private final Parameters parameters;

  DeadLetterQuery(MultiMap parameters) {
    this.parameters =
        Parameters.of(parameters, "action", "cause", "reasonClass", "since", "limit", "after");
  }

  DeadLetter.Filter filter() {
    return new DeadLetter.Filter(
        Set.of(),
        parameters.find("action"),
        parameters.find("cause").map(word -> cause("cause", word)),
        parameters.find("reasonClass").map(ReasonClass::new),
        parameters.instant("since"));
  }

  int limit(int usual, int max) {
    return parameters.limit(usual, max);
  }

  /** Whether it goes on from no earlier answer. */
  boolean isFirst() {
    return parameters.find("after").isEmpty();
  }

  DeadLetter.Position after() {
    return parameters
        .find("after")
        .map(DeadLetterQuery::position)
        .orElse(DeadLetter.Position.START);
  }

  static String cursor(DeadLetter.Position position) {
    return position.seq() + "." + position.action();
  }

  static Cause cause(String field, String word) {
    return Arrays.stream(Cause.values())
        .filter(cause -> cause.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Parameters.refused(field, "must be one of " + causes()));
  }

  static DeadLetter.Position position(String cursor) {
    int dot = cursor.indexOf('.');
    try {
      return new DeadLetter.Position(
          Long.parseLong(cursor.substring(0, Math.max(0, dot))), cursor.substring(dot + 1));
    } catch (NumberFormatException e) {
      throw Parameters.refused("after", "must be the next of an earlier answer");
    }
  }

  private static String causes() {
    return Arrays.stream(Cause.values()).map(Cause::word).collect(Collectors.joining(", "));
  }
}
