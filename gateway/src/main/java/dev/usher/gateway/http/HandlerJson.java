package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.Origin;
import dev.usher.wire.RunnerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hot-deployed handlers as JSON. */
final class HandlerJson {

  private static final Duration LATELY = Duration.ofDays(1);

  private HandlerJson() {}

  /** One version, whole. */
  static ObjectNode version(Artefact version) {
    ObjectNode json = summary(version);
    Artefact.Content content = version.content();
    json.put("checksum", content.checksum()).put("bytes", content.bytes());
    if (!content.address().isEmpty()) {
      json.put("address", content.address());
    }
    ObjectNode settings = json.putObject("settings");
    new TreeMap<>(content.settings()).forEach(settings::put);
    return json;
  }

  /** Every version of one handler, the newest first, and what the runners say of it. */
  static Optional<ObjectNode> handler(HandlerDesk.Standing standing, String name) {
    List<Artefact> versions =
        new ArrayList<>(
            standing.versions().stream().filter(one -> one.name().equals(name)).toList());
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    Collections.reverse(versions);
    ObjectNode json = Json.mapper().createObjectNode().put("name", name);
    ArrayNode all = json.putArray("versions");
    versions.forEach(one -> all.add(version(one)));
    ArrayNode runners = json.putArray("runners");
    standing.runners().forEach(report -> runner(runners.addObject(), report, name));
    return Optional.of(json);
  }

  /** What a handler serves, as the runners say of its versions in force. */
  static Set<String> addresses(HandlerDesk.Standing standing, String name) {
    return standing.versions().stream()
        .filter(version -> version.name().equals(name) && version.isInForce())
        .flatMap(version -> items(standing.runners(), version))
        .flatMap(item -> item.addresses().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a person should know of it; not there where that is nothing. */
  static ObjectNode warned(ObjectNode json, List<String> warnings) {
    if (!warnings.isEmpty()) {
      warnings.forEach(json.putArray("warnings")::add);
    }
    return json;
  }

  /**
   * What is in force of every handler; and the newest version where it failed, for a day where
   * another one serves on, else until a person takes it away.
   */
  static ArrayNode deployed(HandlerDesk.Standing standing) {
    ArrayNode list = Json.mapper().createArrayNode();
    Map<String, List<Artefact>> byName =
        standing.versions().stream()
            .collect(Collectors.groupingBy(Artefact::name, TreeMap::new, Collectors.toList()));
    for (List<Artefact> versions : byName.values()) {
      shown(versions, standing.at()).forEach(one -> list.add(deployed(one, standing.runners())));
    }
    return list;
  }

  static ObjectNode logs(HandlerDesk.Logs logs) {
    ObjectNode json = Json.mapper().createObjectNode();
    ArrayNode lines = json.putArray("lines");
    for (HandlerDesk.Line line : logs.lines()) {
      lines
          .addObject()
          .put("at", line.at())
          .put("runner", line.runner())
          .put("version", line.version())
          .put("level", line.level())
          .put("text", line.text());
    }
    logs.silent().forEach(json.putArray("silent")::add);
    return json;
  }

  private static List<Artefact> shown(List<Artefact> versions, Instant now) {
    List<Artefact> shown = new ArrayList<>(versions.stream().filter(Artefact::isInForce).toList());
    Artefact newest = versions.get(versions.size() - 1);
    boolean isRecent = newest.origin().at().plus(LATELY).isAfter(now);
    if (newest.state() == Artefact.State.FAILED && (isRecent || shown.isEmpty())) {
      shown.add(newest);
    }
    return shown;
  }

  private static ObjectNode deployed(Artefact version, List<RunnerReport> runners) {
    ObjectNode json = summary(version).put("origin", Origin.DEPLOYED.word());
    List<RunnerReport.Item> items = items(runners, version).toList();
    ArrayNode addresses = json.putArray("addresses");
    items.stream()
        .flatMap(item -> item.addresses().stream())
        .collect(Collectors.toCollection(TreeSet::new))
        .forEach(addresses::add);
    return json.put(
            "serving",
            items.stream().filter(one -> one.phase() == RunnerReport.Phase.SERVING).count())
        .put("runners", runners.size());
  }

  private static Stream<RunnerReport.Item> items(List<RunnerReport> runners, Artefact version) {
    return runners.stream()
        .flatMap(report -> report.items().stream())
        .filter(item -> item.name().equals(version.name()) && item.number() == version.number());
  }

  private static ObjectNode summary(Artefact version) {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("name", version.name())
            .put("number", version.number())
            .put("state", version.state().word())
            .put("share", version.share())
            .put("file", version.content().file())
            .put("isolated", version.content().isIsolated())
            .put("at", version.origin().at().toString())
            .put("token", version.origin().token());
    if (!version.why().isEmpty()) {
      json.put("why", version.why());
    }
    return json;
  }

  private static void runner(ObjectNode json, RunnerReport report, String name) {
    json.put("runner", report.runner()).put("node", report.node());
    ArrayNode versions = json.putArray("versions");
    for (RunnerReport.Item item : report.items()) {
      if (item.name().equals(name)) {
        ObjectNode one =
            versions
                .addObject()
                .put("number", item.number())
                .put("phase", item.phase().name().toLowerCase(Locale.ROOT));
        if (!item.why().isEmpty()) {
          one.put("why", item.why());
        }
        item.addresses().forEach(one.putArray("addresses")::add);
      }
    }
  }
}
