package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.ActionStatus;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Totals;
import dev.usher.settings.Durations;
import java.util.List;
import java.util.function.LongSupplier;

/** What the admin port answers, as JSON. */
final class AdminJson {

  private AdminJson() {}

  static ObjectNode actions(
      ActionControl.Now now, List<ActionStatus> actions, List<HandlerStatus> handlers) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("revision", now.revision());
    now.problems().forEach(json.putArray("problems")::add);
    if (!now.dormant().isEmpty()) {
      now.dormant().forEach(json.putArray("dormant")::add);
    }
    if (!now.aside().isEmpty()) {
      now.aside().forEach(one -> aside(json.withArray("aside").addObject(), one, now));
    }
    ArrayNode list = json.putArray("actions");
    for (ActionStatus action : actions) {
      ObjectNode entry = action(action, handlers);
      ConfiguredJson.put(entry, action.name(), now);
      list.add(entry);
    }
    return json;
  }

  private static void aside(ObjectNode json, ActionControl.Aside one, ActionControl.Now now) {
    json.put("name", one.action()).put("why", one.why()).put("mend", one.mend());
    now.override(one.action())
        .ifPresent(said -> json.set("override", ConfiguredJson.override(said)));
  }

  private static ObjectNode action(ActionStatus status, List<HandlerStatus> handlers) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("name", status.name()).put("configured", status.configured().isPresent());
    status.configured().ifPresent(action -> configured(json, action, handlers));
    json.put("inFlight", status.inFlight());
    Totals.Deliveries deliveries = status.deliveries();
    json.putObject("deliveries")
        .put("pending", deliveries.pending())
        .put("running", deliveries.running())
        .put("succeeded", deliveries.succeeded())
        .put("dead", deliveries.dead())
        .put("cancelled", deliveries.cancelled());
    ObjectNode waiting = json.putObject("waiting");
    status.waiting().forEach((reason, count) -> waiting.put(reason.word(), count));
    return json;
  }

  private static void configured(ObjectNode json, Action action, List<HandlerStatus> handlers) {
    LongSupplier instances =
        () -> handlers.stream().filter(one -> one.address().equals(action.address())).count();
    json.put("required", action.required())
        .put("key", action.key())
        .put("address", action.address());
    action.after().ifPresent(name -> json.put("after", name));
    json.put("delay", Durations.format(action.delay()))
        .put("timeout", Durations.format(action.timeout()))
        .put("concurrency", action.concurrency())
        .put("paused", action.policy().isPaused())
        .put("instances", instances.getAsLong());
    action.erased().ifPresent(address -> json.put("erased", address));
  }

  static ObjectNode totals(Totals totals) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.putObject("signups")
        .put("accepted", totals.accepted())
        .put("completed", totals.completed())
        .put("failed", totals.failed())
        .put("open", totals.open());
    Totals.Deliveries all = totals.all();
    json.putObject("deliveries")
        .put("planned", all.planned())
        .put("succeeded", all.succeeded())
        .put("dead", all.dead())
        .put("cancelled", all.cancelled())
        .put("pending", all.pending())
        .put("running", all.running());
    return json;
  }
}
