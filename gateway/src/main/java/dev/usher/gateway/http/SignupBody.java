package dev.usher.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.Candidate;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns the body of a request into something fit to become a signup, or says all that is wrong. */
final class SignupBody {

  private final PayloadSchema schema;

  SignupBody(PayloadSchema schema) {
    this.schema = schema;
  }

  /** Throws {@link Refused} where the body is not fit. */
  Candidate read(Buffer body) {
    byte[] bytes = body.getBytes();
    JsonNode payload = parse(text(bytes));
    if (!payload.isObject()) {
      throw new Refused(new Problem(400, "not-an-object", "The body must be a JSON object."));
    }
    List<Problem.Fault> faults = schema.faults(payload);
    if (!faults.isEmpty()) {
      throw new Refused(
          new Problem(422, "invalid-signup", "The signup does not fit its schema.", faults));
    }
    return new Candidate(bytes, payload::hasNonNull);
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(new Problem(400, "not-utf-8", "The body must be JSON in UTF-8."));
    }
  }

  private static JsonNode parse(String text) {
    try {
      return Json.read(text);
    } catch (StreamConstraintsException e) {
      throw new Refused(
          new Problem(
              400, "too-deep", "The body must not nest deeper than " + Json.MAX_DEPTH + "."));
    } catch (JsonProcessingException e) {
      throw new Refused(new Problem(400, "malformed-json", place(e) + e.getOriginalMessage()));
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : "Line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ": ";
  }
}
