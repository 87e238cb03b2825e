package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.wire.FailureCodes;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook answered and what that means. The status decides as soon as it is there: a body
 * that is late, too long or cut off changes nothing but the result or the reason that is kept.
 *
 * @param body what arrived of the body
 * @param isWhole whether that is all of it
 */
record WebhookAnswer(int status, MultiMap headers, Buffer body, boolean isWhole) {

  /** No more of an answer is read. */
  static final int MAX_BYTES = 64 * 1024;

  private static final Pattern GAPS = Pattern.compile("[\\s\\p{Cntrl}]+");

  /** Reads the answer; {@code now} is what a date in {@code Retry-After} is compared with. */
  Ending ending(Instant now) {
    if (status >= 200 && status < 300) {
      return new Ending(Outcome.SUCCEEDED, result());
    }
    if (FailureCodes.isRejection(status)) {
      return new Ending(Outcome.REJECTED, reason());
    }
    return new Ending(Outcome.FAILED, retryAfter(now), reason());
  }

  /** JSON as it came; anything else as a JSON text, cut to what is kept. */
  private String result() {
    String text = text().strip();
    if (text.isEmpty() || (text.length() <= Ending.MAX_TEXT_LENGTH && isJson(text))) {
      return text;
    }
    String cut = text.substring(0, Math.min(text.length(), Ending.MAX_TEXT_LENGTH));
    String quoted = Json.encode(cut);
    while (quoted.length() > Ending.MAX_TEXT_LENGTH) {
      cut = cut.substring(0, cut.length() * 7 / 8);
      quoted = Json.encode(cut);
    }
    return quoted;
  }

  private String reason() {
    if (status >= 300 && status < 400) {
      return "HTTP " + status + ": redirects are not followed" + whither();
    }
    String text = GAPS.matcher(text()).replaceAll(" ").strip();
    return text.isEmpty() ? "HTTP " + status : "HTTP " + status + ": " + text;
  }

  /** Where it points to, without what may be a secret. */
  private String whither() {
    try {
      String location = headers.get("location");
      String host = location == null ? null : URI.create(location).getHost();
      return host == null ? "" : ", it points to " + host;
    } catch (IllegalArgumentException noUrl) {
      return "";
    }
  }

  private Duration retryAfter(Instant now) {
    String value = headers.get("retry-after");
    return value == null ? Duration.ZERO : retryAfter(value.strip(), now);
  }

  private static Duration retryAfter(String value, Instant now) {
    try {
      return value.chars().allMatch(Character::isDigit)
          ? Duration.ofSeconds(Long.parseLong(value))
          : until(value, now);
    } catch (NumberFormatException | DateTimeException unreadable) {
      return Duration.ZERO;
    }
  }

  private static Duration until(String date, Instant now) {
    Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
  }

  private String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  private boolean isJson(String text) {
    try {
      @Nullable Object unused = Json.decodeValue(text);
      return isWhole;
    } catch (DecodeException notJson) {
      return false;
    }
  }
}
