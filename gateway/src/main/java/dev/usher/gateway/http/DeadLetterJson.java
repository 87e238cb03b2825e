package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Repairs;
import java.util.List;

/** Dead letters, and what was done to them, as the admin port shows them. */
final class DeadLetterJson {

  private DeadLetterJson() {}

  static ObjectNode page(List<DeadLetter.Group> groups, List<DeadLetter> letters, boolean hasMore) {
    ObjectNode json = Json.mapper().createObjectNode();
    var counts = json.putArray("groups");
    groups.forEach(group -> counts.add(group(group)));
    json.setAll(page(letters, hasMore));
    return json;
  }

  static ObjectNode page(List<DeadLetter> letters, boolean hasMore) {
    ObjectNode json = Json.mapper().createObjectNode();
    var list = json.putArray("deadLetters");
    letters.forEach(letter -> list.add(letter(letter)));
    if (hasMore) {
      json.put("next", DeadLetterQuery.cursor(letters.get(letters.size() - 1).position()));
    }
    return json;
  }

  static ObjectNode report(Repairs.Report report) {
    ObjectNode json = ReportJson.of(report.matched(), report.done());
    if (!report.blocked().isEmpty()) {
      var blocked = json.putArray("blocked");
      report
          .blocked()
          .forEach(
              one ->
                  blocked
                      .addObject()
                      .put("action", one.action())
                      .put("by", one.by())
                      .put("count", one.count()));
    }
    report.next().ifPresent(next -> json.put("next", DeadLetterQuery.cursor(next)));
    return json;
  }

  private static ObjectNode group(DeadLetter.Group group) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("action", group.action()).put("cause", group.cause().word());
    group
        .reasonClass()
        .ifPresent(common -> json.put("reasonClass", common.text()).put("mark", common.mark()));
    json.put("count", group.count())
        .put("oldest", group.oldest().toString())
        .put("newest", group.newest().toString())
        .putObject("example")
        .put("id", group.example().id())
        .put("reason", group.example().reason());
    return json;
  }

  private static ObjectNode letter(DeadLetter letter) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", letter.id())
        .put("signup", letter.signup())
        .put("action", letter.action())
        .put("required", letter.required())
        .put("cause", letter.cause().word())
        .put("at", letter.at().toString())
        .put("attempts", letter.attempts());
    letter.outcome().ifPresent(outcome -> json.put("outcome", outcome.word()));
    json.put("reason", letter.reason()).put("reasonClass", letter.reasonClass().text());
    letter.blockedBy().ifPresent(action -> json.put("blockedBy", action));
    return json;
  }
}
