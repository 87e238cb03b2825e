package dev.usher.gateway.http;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways to write a signup. */
enum SignupFormat {
  /** The payload itself. */
  JSON("application/json"),
  /** What a plain browser form sends. */
  FORM("application/x-www-form-urlencoded"),
  /** A CloudEvent as one JSON object, the payload its data. */
  EVENT("application/cloudevents+json"),
  /** A CloudEvent whose attributes are headers and whose data is the body. */
  BINARY_EVENT("application/json");

  /** All there are, for {@code Accept-Post}. */
  static final String ACCEPTED = JSON.type + ", " + FORM.type + ", " + EVENT.type;

  private static final CharSequence SPEC_VERSION = AsciiString.cached("ce-specversion");
  private static final CharSequence EVENT_ID = AsciiString.cached("ce-id");
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

  private final String type;

  SignupFormat(String type) {
    this.type = type;
  }

  /** The format that a request's headers announce, if it is one of these in UTF-8. */
  static Optional<SignupFormat> of(HttpServerRequest request) {
    String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (contentType == null) {
      return Optional.empty();
    }
    String type = mediaType(contentType);
    if (JSON.type.equals(type)) {
      boolean isEvent =
          request.headers().contains(SPEC_VERSION) || request.headers().contains(EVENT_ID);
      return inUtf8(contentType, isEvent ? BINARY_EVENT : JSON);
    }
    if (FORM.type.equals(type)) {
      return inUtf8(contentType, FORM);
    }
    return EVENT.type.equals(type) ? inUtf8(contentType, EVENT) : Optional.empty();
  }

  /** A media type without its parameters, in lower case. */
  static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<SignupFormat> inUtf8(String contentType, SignupFormat format) {
    if (contentType.indexOf(';') < 0) {
      return Optional.of(format);
    }
    Matcher charset = CHARSET.matcher(contentType);
    boolean isUtf8 =
        !charset.find() || charset.group(1).toLowerCase(Locale.ROOT).matches("utf-?8|us-ascii");
    return isUtf8 ? Optional.of(format) : Optional.empty();
  }
}
