package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Repair;
import dev.usher.gateway.pipeline.Repairs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What is to be done to which dead letters; throws {@link Refused} naming every fault. */
final class RepairBody {

  private static final Set<String> FIELDS =
      Set.of("ids", "action", "cause", "since", "dryRun", "rate", "reason");
  private static final int MAX_REASON = 512;

  private final JsonNode body;
  private final List<Problem.Fault> faults = new ArrayList<>();

  private RepairBody(JsonNode body) {
    this.body = body;
  }

  static Repairs.Order read(Repair repair, byte[] bytes, String token) {
    JsonNode json = SignupBody.json(bytes);
    if (!json.isObject()) {
      throw new Refused(new Problem(400, "not-an-object", "The body must be a JSON object."));
    }
    return new RepairBody(json).order(repair, token);
  }

  private Repairs.Order order(Repair repair, String token) {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        fault(field.getKey(), "is unknown; there are " + FIELDS.stream().sorted().toList());
      }
    }
    if (!body.has("ids") && !body.has("action") && !body.has("cause") && !body.has("since")) {
      fault("", "must say which: ids, action, cause or since");
    }
    Repairs.Order order =
        new Repairs.Order(
            repair,
            new DeadLetter.Filter(
                ids(),
                text("action"),
                text("cause").map(word -> DeadLetterQuery.cause("cause", word)),
                text("since").map(time -> Parameters.instant("since", time))),
            body.path("dryRun").asBoolean(false),
            rate(),
            token,
            text("reason").map(RepairBody::shortened).orElse(""));
    if (!faults.isEmpty()) {
      throw new Refused(
          new Problem(422, "invalid-order", "Nothing was done; errors says why.", faults));
    }
    return order;
  }

  private Set<String> ids() {
    JsonNode ids = body.path("ids");
    Set<String> found = new HashSet<>();
    if (!ids.isMissingNode() && (!ids.isArray() || ids.isEmpty())) {
      fault("ids", "must be an array of delivery ids");
    }
    ids.forEach(id -> found.add(id.asText()));
    return found;
  }

  private OptionalInt rate() {
    JsonNode rate = body.path("rate");
    if (rate.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!rate.isInt() || rate.intValue() < 1) {
      fault("rate", "must be a number of dead letters a second, at least 1");
      return OptionalInt.empty();
    }
    return OptionalInt.of(rate.intValue());
  }

  private Optional<String> text(String field) {
    JsonNode value = body.path(field);
    if (!value.isMissingNode() && !value.isTextual()) {
      fault(field, "must be a text");
      return Optional.empty();
    }
    return Optional.ofNullable(value.textValue());
  }

  private void fault(String field, String detail) {
    faults.add(new Problem.Fault(field.isEmpty() ? "" : "/" + field, "invalid", detail));
  }

  private static String shortened(String reason) {
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }
}
