package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.DeliveryState;
import dev.usher.gateway.pipeline.SignupHistory;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signups as operators see them. */
final class HistoryJson {

  private HistoryJson() {}

  static ObjectNode page(SignupPage.View page) {
    ObjectNode json = Json.mapper().createObjectNode();
    ArrayNode list = json.putArray("signups");
    page.entries().forEach(seen -> list.add(seen(seen)));
    page.next().ifPresent(next -> json.put("next", Long.toString(next)));
    return json;
  }

  private static ObjectNode seen(SignupPage.Seen seen) {
    ObjectNode json = ReceiptJson.of(seen.receipt());
    return json.put("acceptedAt", seen.acceptedAt().toString());
  }

  /**
   * One signup, whole.
   *
   * @param deeds what people did to it, the latest first
   */
  static ObjectNode of(SignupHistory.View view, List<AuditEntry> deeds) {
    SignupHistory history = view.history();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", view.receipt().id())
        .put("state", view.receipt().state().word())
        .put("settled", view.receipt().isSettled())
        .put("acceptedAt", history.signup().acceptedAt().toString())
        .put("revision", history.revision())
        .put("erased", history.isErased());
    if (!history.isErased()) {
      String payload = new String(history.signup().payload(), StandardCharsets.UTF_8);
      json.set("payload", asWritten(payload));
    }
    ArrayNode deliveries = json.putArray("deliveries");
    for (int i = 0; i < history.deliveries().size(); i++) {
      deliveries.add(delivery(view, i));
    }
    if (!deeds.isEmpty()) {
      ArrayNode list = json.putArray("deeds");
      deeds.forEach(deed -> list.insert(0, deed(deed)));
    }
    return json;
  }

  private static ObjectNode deed(AuditEntry deed) {
    return Json.mapper()
        .createObjectNode()
        .put("at", deed.at().toString())
        .put("token", deed.token())
        .put("verb", deed.verb())
        .put("detail", deed.detail());
  }

  /** As text where it is no JSON: a person has to see what is there. */
  private static JsonNode asWritten(String text) {
    try {
      return Json.read(text);
    } catch (Refused corrupt) {
      return Json.mapper().getNodeFactory().textNode(text);
    }
  }

  private static ObjectNode delivery(SignupHistory.View view, int index) {
    SignupHistory.OfDelivery delivery = view.history().deliveries().get(index);
    SignupRecord.Line line = delivery.line();
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", view.receipt().id() + "." + line.action())
        .put("action", line.action())
        .put("required", line.required())
        .put("state", line.state().word());
    view.receipt()
        .lines()
        .get(index)
        .waitingFor()
        .ifPresent(reason -> json.put("waitingFor", reason.word()));
    if (line.state() == DeliveryState.PENDING && line.due().isAfter(Instant.EPOCH)) {
      json.put("due", line.due().toString());
    }
    line.cause().ifPresent(cause -> json.put("cause", cause.word()));
    if (delivery.isUnwanted() && line.state().isOpen()) {
      json.put("cancelling", true);
    }
    json.put("attempts", line.attempts());
    if (!delivery.result().isEmpty()) {
      json.set("result", asWritten(delivery.result()));
    }
    return json.<ObjectNode>set("history", attempts(delivery)).put("omitted", delivery.omitted());
  }

  private static ArrayNode attempts(SignupHistory.OfDelivery delivery) {
    ArrayNode list = Json.mapper().createArrayNode();
    for (SignupHistory.OfAttempt attempt : delivery.attempts()) {
      ObjectNode json = list.addObject().put("attempt", attempt.number());
      attempt.started().ifPresent(at -> json.put("startedAt", at.toString()));
      attempt.took().ifPresent(took -> json.put("tookMs", millis(took)));
      json.put("instance", attempt.instance());
      json.put("outcome", attempt.outcome().map(end -> end.word()).orElse("running"));
      if (!attempt.reason().isEmpty()) {
        json.put("reason", attempt.reason());
      }
    }
    return list;
  }

  private static double millis(Duration took) {
    return (double) TimeUnit.NANOSECONDS.toMicros(took.toNanos()) / 1_000;
  }
}
