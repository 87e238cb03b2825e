package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One version of a hot-deployed handler, as {@code GET /admin/handlers} has it, for people. */
record DeployedVersion(JsonNode json) {

  private static final int SHOWN = 160;

  /** All of them, in the gateway's order; none of an older gateway. */
  static List<DeployedVersion> all(JsonNode deployed) {
    List<DeployedVersion> all = new ArrayList<>();
    deployed.forEach(one -> all.add(new DeployedVersion(one)));
    return all;
  }

  /** A line for each; empty where nothing is deployed. */
  static Table table(JsonNode deployed) {
    Table table = new Table("DEPLOYED", "VERSION", "STATE", "SERVING", "ADDRESS");
    for (DeployedVersion version : all(deployed)) {
      table.row(
          Cell.of(version.name()),
          Cell.of(version.number()),
          version.stateWithShare(),
          version.serving(),
          Cell.of(version.addresses()));
    }
    return table;
  }

  /** What a person should do something about. */
  static List<String> remarks(JsonNode deployed) {
    return all(deployed).stream().flatMap(version -> version.remark().stream()).toList();
  }

  String name() {
    return text("name");
  }

  long number() {
    return json.path("number").asLong();
  }

  /** As instances of it announce it. */
  String id() {
    return name() + "#" + number();
  }

  Cell state() {
    return isCurrent() ? Cell.of(text("state")) : Cell.state(text("state"));
  }

  private Cell stateWithShare() {
    return text("state").equals("canary")
        ? Cell.waiting("canary, " + text("share") + " %")
        : state();
  }

  /** Runners on which it serves, of all that are there. */
  Cell serving() {
    String text = text("serving") + "/" + text("runners");
    return isServingEverywhere() ? Cell.of(text) : Cell.waiting(text);
  }

  String addresses() {
    List<String> addresses = new ArrayList<>();
    json.path("addresses").forEach(address -> addresses.add(address.asText()));
    return String.join(", ", addresses);
  }

  private Optional<String> remark() {
    String which = name() + " version " + number();
    if (text("state").equals("failed")) {
      return Optional.of(which + " does not start: " + shortened(text("why")));
    }
    return json.path("runners").asInt() == 0
        ? Optional.of(which + " runs nowhere: no runner is there")
        : Optional.empty();
  }

  /** The first line tells what happened; the others and the rest are in the handler's log. */
  private String shortened(String why) {
    String line = why.strip().lines().findFirst().orElse("").stripTrailing();
    if (line.length() <= SHOWN && line.equals(why.strip())) {
      return line;
    }
    int end = line.offsetByCodePoints(0, Math.min(line.codePointCount(0, line.length()), SHOWN));
    return line.substring(0, end).replaceFirst(":$", "") + "…: usher handlers logs " + name();
  }

  private boolean isCurrent() {
    return text("state").equals("current");
  }

  private boolean isServingEverywhere() {
    return json.path("runners").asInt() > 0 && json.path("serving").equals(json.path("runners"));
  }

  private String text(String field) {
    return json.path(field).asText();
  }
}
