package dev.usher.gateway.http;

import io.vertx.core.http.HttpServerRequest;

/** The id of the last event that a reader of a stream has seen, as it says when it comes back. */
final class LastEventId {

  private static final String HEADER = "Last-Event-ID";

  private LastEventId() {}

  static String of(HttpServerRequest request) {
    String value = request.getHeader(HEADER);
    return value == null ? "" : value.strip();
  }

  /** The same as a number; -1 where there is none. */
  static long number(HttpServerRequest request) {
    return number(of(request));
  }

  static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }
}
