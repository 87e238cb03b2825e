package dev.usher.runner;

import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Answers who asks for the last lines of a handler. */
final class LogAnswers {

  private static final int UNREADABLE = 400;

  private final HandlerLogs logs;

  LogAnswers(HandlerLogs logs) {
    this.logs = logs;
  }

  /** Answers one question, see {@link dev.usher.wire.Addresses#logs}. */
  void answer(Message<Object> message) {
    if (message.body() instanceof JsonObject asked
        && asked.getValue("name") instanceof String name
        && asked.getValue("lines", HandlerLogs.MAX_LINES) instanceof Number lines) {
      message.reply(new JsonObject().put("lines", lines(name, lines.intValue())));
    } else {
      message.fail(UNREADABLE, "a question without name and lines");
    }
  }

  private JsonArray lines(String name, int count) {
    List<JsonObject> lines = new ArrayList<>();
    for (LogLine line : logs.last(name, count)) {
      lines.add(json(line));
    }
    return new JsonArray(lines);
  }

  private static JsonObject json(LogLine line) {
    return new JsonObject()
        .put("at", line.at().toString())
        .put("version", line.version())
        .put("level", line.level())
        .put("text", line.text());
  }
}
