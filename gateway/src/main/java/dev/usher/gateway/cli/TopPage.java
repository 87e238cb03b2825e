package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The page that {@code usher top} shows. */
final class TopPage {

  private final TopState state;
  private final String url;

  TopPage(TopState state, String url) {
    this.state = state;
    this.url = url;
  }

  void print(Console console) {
    console.print("usher top  " + Printable.of(url));
    console.print("");
    signups().print(console);
    console.print("");
    actions().print(console);
    console.print("");
    handlers().print(console);
    Table deployed = DeployedVersion.table(state.deployed());
    if (!deployed.isEmpty()) {
      console.print("");
      deployed.print(console);
    }
    if (!state.news().isEmpty()) {
      console.print("");
      state.news().forEach(news -> console.print(NewsLine.of(news)));
    }
  }

  private Table signups() {
    JsonNode signups = state.totals().path("signups");
    Table table = new Table("SIGNUPS", "OPEN", "COMPLETED", "FAILED", "ACCEPTED/S", "COMPLETED/S");
    table.row(
        Cell.of(signups.path("accepted").asLong()),
        Cell.of(signups.path("open").asLong()),
        Cell.of(signups.path("completed").asLong()),
        Cell.alarm(signups.path("failed").asLong()),
        speed(state.accepted()),
        speed(state.completed()));
    return table;
  }

  private Table actions() {
    Table table = new Table("ACTION", "ENDED/S", "IN FLIGHT", "WAITING", "DEAD", "WAITING FOR");
    for (JsonNode action : state.actions()) {
      String name = action.path("name").asText();
      JsonNode deliveries = action.path("deliveries");
      table.row(
          Cell.of(name),
          speed(state.ended(name)),
          Cell.of(action.path("inFlight").asLong()),
          Cell.of(deliveries.path("pending").asLong()),
          Cell.alarm(deliveries.path("dead").asLong()),
          Cell.waiting(reasons(action)));
    }
    return table;
  }

  private static String reasons(JsonNode action) {
    return StreamSupport.stream(action.path("waiting").properties().spliterator(), false)
        .filter(reason -> reason.getValue().asLong() > 0)
        .map(reason -> reason.getValue().asLong() + " " + reason.getKey())
        .collect(Collectors.joining(", "));
  }

  private Table handlers() {
    Table table = new Table("HANDLER", "VERSION", "INSTANCE", "STATE", "IN FLIGHT", "SLOTS");
    for (JsonNode handler : state.handlers()) {
      table.row(
          Cell.of(handler.path("handler").asText()),
          StatusPage.version(handler),
          Cell.of(handler.path("instance").asText()),
          Cell.state(handler.path("state").asText()),
          Cell.of(handler.path("inFlight").asLong()),
          Cell.of(handler.path("slots").asLong()));
    }
    return table;
  }

  private static Cell speed(OptionalLong perSecond) {
    return perSecond.isPresent() ? Cell.of(perSecond.getAsLong()) : Cell.of("-");
  }
}
