package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Fingerprints;
import dev.usher.gateway.pipeline.Macs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns the body of a request into something fit to become a signup, or says all that is wrong. */
final class SignupBody {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The payload's key whose value says who the person is. */
  private static final String EMAIL = "email";

  private final PayloadSchema schema;
  private final Macs macs;

  SignupBody(PayloadSchema schema, Macs macs) {
    this.schema = schema;
    this.macs = macs;
  }

  /**
   * Takes the bytes over: they become the payload as they are.
   *
   * @throws Refused where the body is not fit
   */
  Candidate read(byte[] body) {
    return of(json(body), body, List.of(), "");
  }

  /** The same of a payload that was put together here. */
  Candidate of(ObjectNode payload) {
    return of(payload, Json.write(payload).getBytes(), List.of(), "");
  }

  /** The same of the data of an event. */
  Candidate of(CloudEventSignup event) {
    return of(event.data(), event.payload(), event.faults(), event.at());
  }

  private Candidate of(JsonNode payload, byte[] body, List<Problem.Fault> known, String at) {
    if (!payload.isObject() && !payload.isMissingNode()) {
      throw new Refused(new Problem(400, "not-an-object", "The body must be a JSON object: {…}."));
    }
    List<Problem.Fault> faults = faults(payload, known, at);
    if (!faults.isEmpty()) {
      throw new Refused(
          new Problem(
              422, "invalid-signup", "The signup was not accepted; errors says why.", faults));
    }
    return new Candidate(body, payload::hasNonNull, fingerprints(payload.path(EMAIL)));
  }

  private List<Problem.Fault> faults(JsonNode payload, List<Problem.Fault> known, String at) {
    List<Problem.Fault> found = payload.isMissingNode() ? List.of() : schema.faults(payload);
    if (known.isEmpty() && at.isEmpty()) {
      return found;
    }
    List<Problem.Fault> all = new ArrayList<>(known);
    found.forEach(one -> all.add(one.below(at)));
    return all;
  }

  private Fingerprints fingerprints(JsonNode email) {
    return email.isTextual()
        ? Fingerprints.ofPerson(macs.ofPerson(email.textValue()))
        : Fingerprints.NONE;
  }

  /**
   * Any body that must be JSON.
   *
   * @throws Refused where it is none
   */
  static JsonNode json(byte[] body) {
    return Json.read(text(body));
  }

  private static String text(byte[] body) {
    String text = decoded(body);
    if (text.isBlank()) {
      throw new Refused(new Problem(400, "empty-body", "The body is empty; send a JSON object."));
    }
    // Handlers get these bytes as they are, and most JSON readers stumble over the mark.
    if (text.charAt(0) == BYTE_ORDER_MARK) {
      throw new Refused(
          new Problem(
              400, "byte-order-mark", "The body begins with a byte order mark; send it without."));
    }
    return text;
  }

  /** Strictly: the parser by itself would guess UTF-16 and let malformed UTF-8 pass. */
  private static String decoded(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(
          new Problem(400, "not-utf-8", "The body is not UTF-8; send JSON in UTF-8."));
    }
  }
}
