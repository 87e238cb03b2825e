package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer that is not a success, in words: the problem, each field at fault, what to do. */
final class Refusal {

  private Refusal() {}

  /** The end of a command that got this answer. */
  static CommandFailed of(Answer answer, Endpoint endpoint) {
    return new CommandFailed(exit(answer.status()), text(answer, endpoint));
  }

  private static Exit exit(int status) {
    if (status == 404) {
      return Exit.NOT_FOUND;
    }
    boolean isRefused = status / 100 == 4 || status == 503;
    return isRefused ? Exit.REFUSED : Exit.FAILED;
  }

  private static String text(Answer answer, Endpoint endpoint) {
    StringBuilder text = new StringBuilder();
    text.append(endpoint.base()).append(" answered ").append(answer.status());
    text.append(summary(answer.body()));
    answer.body().path("errors").forEach(error -> text.append(line(error)));
    answer.retryAfter().ifPresent(when -> text.append(retry(when)));
    return text.toString();
  }

  private static String summary(JsonNode problem) {
    String title = problem.path("title").asText();
    String detail = problem.path("detail").asText();
    if (title.isEmpty() && detail.isEmpty()) {
      return problem.isObject() ? "" : ", and not in JSON: is this the right port of a gateway?";
    }
    String separator = title.isEmpty() || detail.isEmpty() ? "" : ": ";
    return " " + Printable.of(title + separator + detail);
  }

  private static String line(JsonNode error) {
    String pointer = error.path("pointer").asText();
    String detail = error.path("detail").asText(error.path("code").asText());
    return "\n  " + Printable.of(pointer) + "  " + Printable.of(detail);
  }

  /** The header has seconds or, from some proxies, a date. */
  private static String retry(String when) {
    boolean isSeconds = when.chars().allMatch(Character::isDigit);
    return "\ntry again after " + Printable.of(when) + (isSeconds ? " s" : "") + " (Retry-After)";
  }
}
