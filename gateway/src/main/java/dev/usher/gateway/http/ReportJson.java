package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an order came to, as every answer to one begins. */
final class ReportJson {

  private ReportJson() {}

  static ObjectNode of(long matched, long done) {
    return Json.mapper().createObjectNode().put("matched", matched).put("done", done);
  }
}
