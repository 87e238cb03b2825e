package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.VersionStatus;
import dev.usher.gateway.pipeline.Webhook;
import dev.usher.settings.NearMatch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Who performs the actions, and how well, as JSON. */
final class HandlersJson {

  private HandlersJson() {}

  static ObjectNode of(
      List<HandlerStatus> handlers,
      HandlerOrigin origins,
      List<VersionStatus> versions,
      List<Action> actions,
      Set<String> unused) {
    ObjectNode json = Json.mapper().createObjectNode();
    ArrayNode list = json.putArray("handlers");
    handlers.forEach(handler -> list.add(handler(handler, origins, actions)));
    ArrayNode done = json.putArray("versions");
    versions.forEach(version -> version(done.addObject(), version));
    ArrayNode others = json.putArray("unused");
    List<String> used = actions.stream().map(Action::address).toList();
    for (String address : unused) {
      ObjectNode entry = others.addObject().put("address", address);
      NearMatch.among(used, address).ifPresent(near -> entry.put("near", near));
    }
    return json;
  }

  private static ObjectNode handler(
      HandlerStatus handler, HandlerOrigin origins, List<Action> actions) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("instance", handler.instance())
        .put("handler", handler.handler())
        .put("kind", kind(handler))
        .put("address", handler.address())
        .put("node", handler.node())
        .put("version", handler.version())
        .put("deployment", handler.deployment())
        .put("language", handler.language())
        .put("slots", handler.slots())
        .put("inFlight", handler.inFlight())
        .put("state", handler.state());
    if (!Webhook.isAddress(handler.address())) {
      json.put("origin", origins.of(handler).word());
    }
    ArrayNode served = json.putArray("actions");
    actions.stream()
        .filter(action -> action.address().equals(handler.address()))
        .forEach(action -> served.add(action.name()));
    return json;
  }

  private static String kind(HandlerStatus handler) {
    if (Webhook.isAddress(handler.address())) {
      return "webhook";
    }
    return handler.isKit() ? "kit" : "plain";
  }

  /** The last five minutes, in which versions side by side can be compared; then all of it. */
  private static void version(ObjectNode json, VersionStatus version) {
    json.put("handler", version.handler())
        .put("version", version.version())
        .put("deployment", version.deployment())
        .put("share", version.share());
    figures(json, version.lately());
    figures(json.putObject("sinceItCame"), version.sinceItCame());
  }

  private static void figures(ObjectNode json, VersionStatus.Figures figures) {
    json.put("attempts", figures.attempts())
        .put("failed", figures.failed())
        .put("errorRate", figures.errorRate());
    if (figures.attempts() > 0) {
      json.put("p50Ms", millis(figures.p50Nanos())).put("p99Ms", millis(figures.p99Nanos()));
    }
  }

  private static double millis(long nanos) {
    return (double) TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000;
  }
}
