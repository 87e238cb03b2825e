package dev.usher.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code wait} of a request's {@code Prefer} headers (RFC 7240). */
final class PreferredWait {

  private static final String PREFER = "Prefer";
  private static final Pattern WAIT =
      Pattern.compile(
          "(?:^|,)\\s*wait\\s*=\\s*(?:(\\d+)|\"(\\d+)\")\\s*(?:;[^,]*)?(?=,|$)",
          Pattern.CASE_INSENSITIVE);

  /** More digits than any wait that is granted. */
  private static final int MANY_DIGITS = 9;

  private PreferredWait() {}

  /** How long the client would wait; empty where it does not say, or says it in no known way. */
  static Optional<Duration> of(HttpServerRequest request) {
    // One look on the way of every signup; nearly none has the header.
    return request.headers().contains(PREFER)
        ? of(request.headers().getAll(PREFER))
        : Optional.empty();
  }

  /** The first one counts. */
  static Optional<Duration> of(List<String> values) {
    Matcher wait = WAIT.matcher(String.join(",", values));
    if (!wait.find()) {
      return Optional.empty();
    }
    String digits = wait.group(1) == null ? wait.group(2) : wait.group(1);
    return Optional.of(
        Duration.ofSeconds(
            digits.length() > MANY_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(digits)));
  }
}
