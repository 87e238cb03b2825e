package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Repair;
import dev.usher.gateway.pipeline.Repairs;
import java.util.HashSet;
import java.util.Set;

/** What is to be done to which dead letters; throws {@link Refused} naming every fault. */
final class RepairBody {

  private static final Set<String> FIELDS =
      Set.of("ids", "action", "cause", "since", "dryRun", "rate", "reason", "limit", "after");

  private RepairBody() {}

  static Repairs.Order read(Repair repair, byte[] bytes, String token) {
    OrderFields fields = new OrderFields(bytes, FIELDS);
    if (!fields.has("ids")
        && !fields.has("action")
        && !fields.has("cause")
        && !fields.has("since")) {
      fields.fault("", "must say which: ids, action, cause or since");
    }
    Repairs.Order order =
        new Repairs.Order(
            repair,
            new DeadLetter.Filter(
                ids(fields),
                fields.text("action"),
                fields.text("cause").map(word -> DeadLetterQuery.cause("cause", word)),
                fields.instant("since")),
            fields.text("after").map(DeadLetterQuery::position).orElse(DeadLetter.Position.START),
            fields.flag("dryRun"),
            fields.pace(),
            token,
            fields.reason());
    fields.refuseFaults();
    return order;
  }

  private static Set<String> ids(OrderFields fields) {
    JsonNode ids = fields.get("ids");
    Set<String> found = new HashSet<>();
    if (!ids.isMissingNode() && (!ids.isArray() || ids.isEmpty())) {
      fields.fault("ids", "must be an array of delivery ids");
    }
    ids.forEach(id -> found.add(id.asText()));
    return found;
  }
}
