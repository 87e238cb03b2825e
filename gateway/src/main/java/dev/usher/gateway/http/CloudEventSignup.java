package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * A signup inside a CloudEvent (1.0). Producers repeat events, and what has the same source and id
 * is the same event: the two are its idempotency key.
 *
 * @param data the signup
 * @param payload the bytes it is to be kept as
 * @param key its source and id
 * @param faults what is wrong with its attributes
 * @param at JSON pointer to the data
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record CloudEventSignup(
    JsonNode data, byte[] payload, String key, List<Problem.Fault> faults, String at) {

  private static final String VERSION = "1.0";

  /** No header can hold it: such a key is never one that a client chose itself. */
  private static final String BETWEEN = "\0";

  /**
   * The whole event as one JSON object.
   *
   * @throws Refused where the body is no such object
   */
  static CloudEventSignup structured(byte[] body) {
    JsonNode event = SignupBody.json(body);
    if (!event.isObject()) {
      throw new Refused(new Problem(400, "not-an-object", "A CloudEvent is a JSON object: {…}."));
    }
    List<Problem.Fault> faults = attributeFaults(event::path, "/");
    JsonNode type = event.path("datacontenttype");
    if (!type.isMissingNode() && !isJson(type.asText())) {
      faults.add(new Problem.Fault("/datacontenttype", "media-type", "must be application/json"));
    }
    if (event.has("data_base64")) {
      byte[] payload = decoded(event.path("data_base64").asText());
      return of(event::path, SignupBody.json(payload), payload, faults, "/data_base64");
    }
    JsonNode data = event.path("data");
    if (data.isMissingNode()) {
      faults.add(new Problem.Fault("/data", "required", "is required"));
    }
    byte[] payload = data.isMissingNode() ? new byte[0] : Json.write(data).getBytes();
    return of(event::path, data, payload, faults, "/data");
  }

  /**
   * The attributes in headers, the data as the body.
   *
   * @throws Refused where the body is not JSON
   */
  static CloudEventSignup binary(HttpServerRequest request, byte[] body) {
    Function<String, JsonNode> attributes = name -> header(request, name);
    // A header is no place in the body: its name stands where the pointer would.
    return of(attributes, SignupBody.json(body), body, attributeFaults(attributes, "ce-"), "");
  }

  private static JsonNode header(HttpServerRequest request, String name) {
    String value = request.getHeader("ce-" + name);
    return value == null
        ? MissingNode.getInstance()
        : Json.mapper().getNodeFactory().textNode(PercentText.decode(value, false).orElse(value));
  }

  private static CloudEventSignup of(
      Function<String, JsonNode> attributes,
      JsonNode data,
      byte[] payload,
      List<Problem.Fault> faults,
      String at) {
    String key =
        "event"
            + BETWEEN
            + attributes.apply("source").asText()
            + BETWEEN
            + attributes.apply("id").asText();
    return new CloudEventSignup(data, payload, key, faults, at);
  }

  private static List<Problem.Fault> attributeFaults(
      Function<String, JsonNode> attributes, String before) {
    List<Problem.Fault> faults = new ArrayList<>();
    for (String name : List.of("specversion", "id", "source", "type")) {
      JsonNode value = attributes.apply(name);
      if (value.isMissingNode() || value.isNull()) {
        faults.add(new Problem.Fault(before + name, "required", "is required"));
      } else if (!value.isTextual() || value.textValue().isEmpty()) {
        faults.add(new Problem.Fault(before + name, "type", "must be text, and not empty"));
      } else if (name.equals("specversion") && !value.textValue().equals(VERSION)) {
        faults.add(new Problem.Fault(before + name, "const", "must be \"" + VERSION + "\""));
      }
    }
    return faults;
  }

  private static boolean isJson(String contentType) {
    String type = SignupFormat.mediaType(contentType);
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new Refused(
          new Problem(
              422,
              "invalid-signup",
              "The event was not accepted; errors says why.",
              List.of(new Problem.Fault("/data_base64", "base64", "must be Base64"))));
    }
  }
}
