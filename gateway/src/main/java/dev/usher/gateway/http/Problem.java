package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.DeployRefused;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.KeyReused;
import dev.usher.gateway.pipeline.Overloaded;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * An answer that says no, as {@code application/problem+json} (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable word for the kind of problem; the end of its {@code type}
 * @param detail what was wrong and what to do, for people
 * @param faults the fields at fault, if any
 */
record Problem(int status, String code, String detail, List<Fault> faults) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE = "urn:usher:problem:";

  Problem(int status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  /**
   * A field at fault.
   *
   * @param pointer JSON pointer to it
   * @param code stable word for what is wrong
   * @param detail what is wrong and what was allowed; never the value
   */
  record Fault(String pointer, String code, String detail) {

    /** The same fault in an object that holds the one it was found in. */
    Fault below(String at) {
      return new Fault(at + pointer, code, detail);
    }
  }

  /** The problem of a status that needs no words of its own. */
  static Problem of(int status) {
    return switch (status) {
      case 400 -> new Problem(400, "bad-request", "This is not a well-formed HTTP request.");
      case 404 -> new Problem(404, "not-found", "There is nothing at this URL.");
      case 405 -> new Problem(405, "method", "This URL does not take this method; see Allow.");
      case 414 -> new Problem(414, "long-url", "The URL is longer than this gateway takes.");
      case 417 -> new Problem(417, "expectation", "The only Expect known here is 100-continue.");
      case 431 ->
          new Problem(431, "long-headers", "The headers are longer than this gateway takes.");
      case 500 -> new Problem(500, "internal", "Something went wrong here; the log says what.");
      case 505 -> new Problem(505, "http-version", "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
      default ->
          new Problem(status, "http-" + status, HttpResponseStatus.valueOf(status).reasonPhrase());
    };
  }

  /**
   * What a failure of the pipeline, or a refusal, is to the client; nothing where it is a fault.
   */
  static Optional<Problem> of(Throwable failure) {
    if (failure instanceof Refused refused) {
      return Optional.of(refused.problem());
    }
    if (failure instanceof Overloaded) {
      return Optional.of(
          new Problem(503, "overloaded", "Try again soon: " + failure.getMessage() + "."));
    }
    if (failure instanceof JournalUnavailable) {
      return Optional.of(
          new Problem(503, "journal", "Try again soon: the journal is not available."));
    }
    if (failure instanceof DeployRefused refused) {
      int status =
          switch (refused.kind()) {
            case UNKNOWN -> 404;
            case CONFLICT -> 409;
            case UNFIT -> 422;
          };
      return Optional.of(
          new Problem(status, refused.code(), "Nothing was done: " + refused.getMessage() + "."));
    }
    if (failure instanceof KeyReused) {
      return Optional.of(
          new Problem(
              422,
              "idempotency-key-reused",
              "This Idempotency-Key, or the source and id of this event, came before with another"
                  + " body; take a new one for a new signup."));
    }
    return Optional.empty();
  }

  Buffer body() {
    return Json.write(json());
  }

  ObjectNode json() {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("type", TYPE + code)
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail);
    if (!faults.isEmpty()) {
      ArrayNode errors = json.putArray("errors");
      faults.forEach(
          fault ->
              errors
                  .addObject()
                  .put("pointer", fault.pointer())
                  .put("code", fault.code())
                  .put("detail", fault.detail()));
    }
    return json;
  }
}
