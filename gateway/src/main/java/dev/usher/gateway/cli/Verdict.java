package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What came out of it.
 *
 * @param accepted signups that the gateway accepted
 * @param succeeded those that were performed, and that the gateway calls completed
 * @param duplicated how often one was performed once more
 * @param lost ids of those that were accepted and have not succeeded
 * @param kills processes that were killed meanwhile
 * @param seed repeats it
 * @param left signups that were not removed again
 */
record Verdict(
    int accepted,
    int succeeded,
    int duplicated,
    List<String> lost,
    int kills,
    long seed,
    int left) {

  private static final int SHOWN = 10;

  Exit exit() {
    return lost.isEmpty() ? Exit.OK : Exit.FAILED;
  }

  JsonNode json() {
    return Json.object()
        .put("accepted", accepted)
        .put("succeeded", succeeded)
        .put("duplicated", duplicated)
        .put("lost", lost.size())
        .put("kills", kills)
        .put("seed", seed)
        .put("left", left);
  }

  void print(Console console, boolean isJson) {
    if (isJson) {
      console.print(Json.line(json()));
    } else {
      Table table = new Table();
      json()
          .properties()
          .forEach(one -> table.row(Cell.of(one.getKey()), Cell.of(one.getValue().asText())));
      table.print(console);
    }
    lost.stream().limit(SHOWN).forEach(id -> console.say("lost: usher signups trace " + id));
    if (left > 0) {
      console.say(left + " signups of this run stay until journal.retention removes them");
    }
  }
}
