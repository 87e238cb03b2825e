package dev.usher.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What the gateway answered.
 *
 * @param status the HTTP status
 * @param body the JSON of the body; missing where it is none
 * @param retryAfter when to try again, as the header has it
 */
record Answer(int status, JsonNode body, Optional<String> retryAfter) {

  static Answer of(int status, String body, HttpHeaders headers) {
    return new Answer(status, parse(body), headers.firstValue("Retry-After"));
  }

  boolean isSuccess() {
    return status / 100 == 2 && body.isObject();
  }

  /** Whether asking again later may help. */
  boolean isPassing() {
    return status == 429 || status / 100 == 5;
  }

  private static JsonNode parse(String text) {
    try {
      return Json.parse(text);
    } catch (JsonProcessingException notJson) {
      return MissingNode.getInstance();
    }
  }
}
