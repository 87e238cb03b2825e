package dev.usher.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the journal says of a delivery, with what may be expected of it. */
final class Delivery {

  private final JsonNode json;

  /** As the admin port shows it. */
  Delivery(JsonNode json) {
    this.json = json;
  }

  String state() {
    return json.path("state").asText();
  }

  boolean isOver() {
    return state().equals("succeeded") || state().equals("dead");
  }

  boolean isBegun() {
    return state().equals("running") || isOver();
  }

  /** How every attempt ended, in order. */
  List<String> outcomes() {
    List<String> outcomes = new ArrayList<>();
    json.path("history").forEach(attempt -> outcomes.add(attempt.path("outcome").asText()));
    return outcomes;
  }

  /** When an attempt was sent. */
  Instant started(int attempt) {
    return Instant.parse(json.path("history").path(attempt - 1).path("startedAt").asText());
  }

  /** From the first attempt's start to the last one's end. */
  Instant ended() {
    JsonNode history = json.path("history");
    long took = Math.round(history.path(history.size() - 1).path("tookMs").asDouble());
    return started(history.size()).plus(Duration.ofMillis(took));
  }

  /** It succeeded. */
  @CanIgnoreReturnValue
  Delivery mustSucceed() {
    return must(state().equals("succeeded"), "it should have succeeded");
  }

  /** Its attempts ended in this way, one after the other. */
  @CanIgnoreReturnValue
  Delivery mustEndBy(String... outcomes) {
    return must(
        outcomes().equals(List.of(outcomes)),
        "its attempts should have ended as " + String.join(", ", outcomes));
  }

  /** It succeeded with this result. */
  @CanIgnoreReturnValue
  Delivery mustResultIn(JsonNode expected) {
    JsonNode result = Json.unwrapped(json.path("result"));
    return mustSucceed()
        .must(result.equals(expected), "the result should be " + expected + ", but is " + result);
  }

  /** Anything else. */
  @CanIgnoreReturnValue
  Delivery must(boolean holds, String expected) {
    if (!holds) {
      throw new NotConforming(expected + "; " + this);
    }
    return this;
  }

  /** For the author of the handler. */
  @Override
  public String toString() {
    StringBuilder told = new StringBuilder("the delivery is ").append(state());
    for (JsonNode attempt : json.path("history")) {
      told.append(", attempt ").append(attempt.path("attempt").asInt());
      told.append(' ').append(attempt.path("outcome").asText());
      if (attempt.has("reason")) {
        told.append(" (").append(attempt.path("reason").asText()).append(')');
      }
    }
    return told.toString();
  }
}
