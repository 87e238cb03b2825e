package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.ReasonClass;
import dev.usher.gateway.pipeline.Repair;
import dev.usher.gateway.pipeline.Repairs;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to be done to which dead letters; throws {@link Refused} naming every fault. */
final class RepairBody {

  private static final Set<String> FIELDS =
      Set.of(
          "ids",
          "action",
          "cause",
          "reasonClass",
          "since",
          "dryRun",
          "rate",
          "reason",
          "limit",
          "after");
  private static final List<String> CHOICES =
      List.of("ids", "action", "cause", "reasonClass", "since");

  private RepairBody() {}

  static Repairs.Order read(Repair repair, byte[] bytes, String token) {
    OrderFields fields = new OrderFields(bytes, FIELDS);
    if (CHOICES.stream().noneMatch(fields::has)) {
      fields.fault("", "must say which: ids, action, cause, reasonClass or since");
    }
    Repairs.Order order =
        new Repairs.Order(
            repair,
            new DeadLetter.Filter(
                ids(fields),
                fields.text("action"),
                fields.text("cause").map(word -> DeadLetterQuery.cause("cause", word)),
                reasonClass(fields),
                fields.instant("since")),
            fields.text("after").map(DeadLetterQuery::position).orElse(DeadLetter.Position.START),
            fields.flag("dryRun"),
            fields.pace(),
            token,
            fields.reason());
    fields.refuseFaults();
    return order;
  }

  /** An empty one would mean those without a reason. */
  private static Optional<ReasonClass> reasonClass(OrderFields fields) {
    Optional<String> text = fields.text("reasonClass");
    if (text.filter(String::isBlank).isPresent()) {
      fields.fault("reasonClass", "must not be empty; without a reason are those of \"no reason\"");
    }
    return text.map(ReasonClass::new);
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
