package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An order that may take long: sent piece by piece, each going on where the last one stopped.
 *
 * @param path where to
 * @param order what is to be done
 * @param what what a person sees it called
 * @param rate at most this many a second
 */
record LongOrder(String path, ObjectNode order, String what, OptionalInt rate) {

  private static final int PIECE = 5_000;

  /** Five seconds' worth: often enough for a bar, seldom enough for the audit. */
  private static final int PIECE_SECONDS = 5;

  /**
   * What came of it.
   *
   * @param blocked dead letters that stay dead, by action and what keeps them so
   */
  record Report(long matched, long done, Map<Blocked, Long> blocked) {

    static final Report NOTHING = new Report(0, 0, Map.of());

    /** As JSON, on one line. */
    String line() {
      ObjectNode json = Json.object().put("matched", matched).put("done", done);
      if (!blocked.isEmpty()) {
        ArrayNode all = json.putArray("blocked");
        blocked.forEach((what, count) -> all.add(what.json().put("count", count)));
      }
      return Json.line(json);
    }

    private Report plus(JsonNode answer) {
      Map<Blocked, Long> all = new LinkedHashMap<>(blocked);
      for (JsonNode one : answer.path("blocked")) {
        Blocked what = new Blocked(one.path("action").asText(), one.path("by").asText());
        all.merge(what, one.path("count").asLong(), Long::sum);
      }
      return new Report(
          matched + answer.path("matched").asLong(), done + answer.path("done").asLong(), all);
    }
  }

  /** Dead letters of an action that stay dead because those of another one are. */
  record Blocked(String action, String by) {

    private ObjectNode json() {
      return Json.object().put("action", action).put("by", by);
    }
  }

  /** Does it all, with a bar on a terminal once it turns out to be long. */
  Report carryOut(Gateway gateway, Console console) throws CommandFailed {
    JsonNode first = send(gateway, order, "", Report.NOTHING);
    Report sofar = Report.NOTHING.plus(first);
    Optional<String> next = next(first);
    if (next.isEmpty() || !console.isTerminal() || isDryRun()) {
      return rest(gateway, next, sofar, Optional.empty());
    }
    long left = count(gateway, next.get());
    try (Progress bar = new Progress(console, what, sofar.matched(), sofar.matched() + left)) {
      return rest(gateway, next, sofar, Optional.of(bar));
    }
  }

  private Report rest(Gateway gateway, Optional<String> from, Report before, Optional<Progress> bar)
      throws CommandFailed {
    Report sofar = before;
    Optional<String> next = from;
    while (next.isPresent()) {
      JsonNode answer = send(gateway, order, next.get(), sofar);
      sofar = sofar.plus(answer);
      long matched = sofar.matched();
      bar.ifPresent(shown -> shown.at(matched));
      next = next(answer);
    }
    return sofar;
  }

  private long count(Gateway gateway, String after) throws CommandFailed {
    ObjectNode dry = order.deepCopy().put("dryRun", true);
    LongOrder counting = new LongOrder(path, dry, what, OptionalInt.empty());
    return counting.rest(gateway, Optional.of(after), Report.NOTHING, Optional.empty()).matched();
  }

  private boolean isDryRun() {
    return order.path("dryRun").asBoolean();
  }

  private JsonNode send(Gateway gateway, ObjectNode body, String after, Report sofar)
      throws CommandFailed {
    ObjectNode piece = body.deepCopy().put("limit", limit());
    rate.ifPresent(perSecond -> piece.put("rate", perSecond));
    if (!after.isEmpty()) {
      piece.put("after", after);
    }
    Answer answer = gateway.post(path, piece);
    if (!answer.isSuccess()) {
      CommandFailed refusal = Refusal.of(answer, gateway.endpoint());
      throw sofar.done() == 0
          ? refusal
          : new CommandFailed(
              refusal.exit(),
              refusal.getMessage()
                  + "\n"
                  + sofar.done()
                  + " were done; the same command goes on with the others");
    }
    return answer.body();
  }

  private int limit() {
    return rate.isPresent() ? Math.min(PIECE, rate.getAsInt() * PIECE_SECONDS) : PIECE;
  }

  private static Optional<String> next(JsonNode answer) {
    return Optional.ofNullable(answer.path("next").textValue());
  }
}
