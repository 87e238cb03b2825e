package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Receipt;

/** The receipt as clients see it. */
final class ReceiptJson {

  private ReceiptJson() {}

  static ObjectNode of(Receipt receipt) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", receipt.id()).put("state", receipt.state().word());
    ObjectNode actions = json.putObject("actions");
    for (Receipt.Line line : receipt.lines()) {
      ObjectNode action = actions.putObject(line.action());
      action.put("required", line.required()).put("state", line.state().word());
      line.waitingFor().ifPresent(reason -> action.put("waitingFor", reason.word()));
    }
    return json;
  }
}
