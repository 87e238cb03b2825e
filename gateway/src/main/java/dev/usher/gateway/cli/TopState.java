package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the feed has told so far, and how fast things went lately. */
final class TopState {

  private static final int NEWS = 5;

  private final Map<String, Speed> speeds = new HashMap<>();
  private final Deque<JsonNode> news = new ArrayDeque<>();
  private JsonNode totals = MissingNode.getInstance();
  private JsonNode actions = MissingNode.getInstance();
  private JsonNode handlers = MissingNode.getInstance();
  private JsonNode deployed = MissingNode.getInstance();

  /** Takes an event in; answers whether there is anything new to see. */
  boolean take(Events.Event event, long nanos) {
    JsonNode data = event.data();
    switch (event.name()) {
      case "reset" -> {
        totals(data.path("totals"), nanos);
        actions(data.path("actions"), nanos);
        handlers(data.path("handlers"));
      }
      case "totals" -> totals(data, nanos);
      case "actions" -> actions(data, nanos);
      case "handlers" -> handlers(data);
      case "news" -> remember(data);
      default -> {
        return false;
      }
    }
    return true;
  }

  JsonNode totals() {
    return totals;
  }

  JsonNode actions() {
    return actions.path("actions");
  }

  JsonNode handlers() {
    return handlers;
  }

  /** What is hot-deployed. */
  JsonNode deployed() {
    return deployed;
  }

  List<JsonNode> news() {
    return List.copyOf(news);
  }

  /** Signups accepted a second; none before a second look. */
  OptionalLong accepted() {
    return speed("accepted");
  }

  /** Signups completed a second. */
  OptionalLong completed() {
    return speed("completed");
  }

  /** Deliveries of an action that ended a second. */
  OptionalLong ended(String action) {
    return speed("action " + action);
  }

  /** All of it, for programs. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("acceptedPerSecond", boxed(accepted()));
    json.put("completedPerSecond", boxed(completed()));
    json.set("totals", totals);
    json.set("actions", actions());
    json.set("handlers", handlers);
    json.set("deployed", deployed);
    return json;
  }

  private void totals(JsonNode now, long nanos) {
    totals = now;
    JsonNode signups = now.path("signups");
    measure("accepted", signups.path("accepted").asLong(), nanos);
    measure("completed", signups.path("completed").asLong(), nanos);
  }

  private void actions(JsonNode now, long nanos) {
    actions = now;
    for (JsonNode action : now.path("actions")) {
      JsonNode deliveries = action.path("deliveries");
      long ended =
          deliveries.path("succeeded").asLong()
              + deliveries.path("dead").asLong()
              + deliveries.path("cancelled").asLong();
      measure("action " + action.path("name").asText(), ended, nanos);
    }
  }

  private void handlers(JsonNode now) {
    handlers = now.path("handlers");
    deployed = now.path("deployed");
  }

  private void remember(JsonNode one) {
    news.addFirst(one);
    if (news.size() > NEWS) {
      news.removeLast();
    }
  }

  private void measure(String what, long count, long nanos) {
    speeds.computeIfAbsent(what, first -> new Speed()).measure(count, nanos);
  }

  private static @Nullable Long boxed(OptionalLong speed) {
    return speed.isPresent() ? speed.getAsLong() : null;
  }

  private OptionalLong speed(String what) {
    Speed speed = speeds.get(what);
    return speed == null ? OptionalLong.empty() : speed.perSecond;
  }

  /** Growth a second, over at least a second: shorter spans jump about. */
  private static final class Speed {

    private long count = -1;
    private long since;
    private OptionalLong perSecond = OptionalLong.empty();

    void measure(long now, long nanos) {
      long took = nanos - since;
      if (count >= 0 && took < TimeUnit.SECONDS.toNanos(1)) {
        return;
      }
      if (count >= 0) {
        double seconds = (double) took / (double) TimeUnit.SECONDS.toNanos(1);
        perSecond = OptionalLong.of(Math.max(0, Math.round((double) (now - count) / seconds)));
      }
      count = now;
      since = nanos;
    }
  }
}
