package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Origin;
import dev.usher.settings.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code usher config diff}: what the files would change against what is in force. */
@Command(
    name = "diff",
    description =
        "Show where the files on this machine differ from what a running gateway uses. Secrets are"
            + " not compared.")
final class ConfigDiff implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of gateway.yaml and actions.yaml (default: config).")
  private Optional<Path> folder = Optional.empty();

  ConfigDiff(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Path config = folder.orElseGet(() -> surroundings.folders().find("config", "actions.yaml"));
    Map<String, Setting> files = files(config);
    Gateway gateway = options.open(surroundings);
    JsonNode values = gateway.fetch("/admin/config").path("values");
    print(differences(values, files, whole(gateway.fetch("/admin/actions"))));
    return Exit.OK.code();
  }

  private Map<String, Setting> files(Path config) throws CommandFailed {
    if (!Files.isDirectory(config)) {
      throw new CommandFailed(
          Exit.NOT_FOUND, "there is no folder " + config + "; name one with --config DIR");
    }
    Map<String, Setting> byKey = new LinkedHashMap<>();
    try {
      surroundings.configCheck().values(config).forEach(one -> byKey.put(one.key(), one));
    } catch (InvalidSettings e) {
      throw new CommandFailed(Exit.FAILED, String.valueOf(e.getMessage()));
    }
    return byKey;
  }

  /**
   * Beginnings of the keys of which the files decide nothing: an override says all of the action.
   */
  private static List<String> whole(JsonNode actions) {
    List<String> keys = new ArrayList<>();
    for (JsonNode action : actions.path("actions")) {
      if (action.path("override").path("whole").asBoolean()
          && !actions
              .path("aside")
              .findValuesAsText("name")
              .contains(action.path("name").asText())) {
        keys.add("actions." + action.path("name").asText() + ".");
      }
    }
    return keys;
  }

  private static List<ObjectNode> differences(
      JsonNode values, Map<String, Setting> files, List<String> whole) {
    List<ObjectNode> differences = new ArrayList<>();
    Map<String, Setting> left = new LinkedHashMap<>(files);
    for (JsonNode inForce : values) {
      String key = inForce.path("key").asText();
      Setting file = left.remove(key);
      String now = inForce.path("value").asText();
      boolean isOfOverride = whole.stream().anyMatch(key::startsWith);
      // Nobody wrote the defaults of an action that only an override made.
      boolean isDefault = file == null && inForce.path("origin").asText().equals("default");
      if (!now.equals(file == null ? "" : file.value()) && !(isOfOverride && isDefault)) {
        String origin = isOfOverride ? "override" : inForce.path("origin").asText();
        differences.add(difference(key, now, file, origin));
      }
    }
    left.values().stream()
        .filter(file -> !file.value().isEmpty())
        .forEach(
            file -> {
              boolean isOfOverride = whole.stream().anyMatch(file.key()::startsWith);
              differences.add(difference(file.key(), "", file, isOfOverride ? "override" : ""));
            });
    return differences;
  }

  private static ObjectNode difference(
      String key, String now, @Nullable Setting file, String origin) {
    return Json.object()
        .put("key", key)
        .put("inForce", now)
        .put("file", file == null ? "" : file.value())
        .put("note", note(key, file, origin));
  }

  private static String note(String key, @Nullable Setting file, String origin) {
    if (origin.equals("environment") || origin.equals("override")) {
      return "stays: the " + origin + " decides";
    }
    if (file != null && file.origin() == Origin.ENVIRONMENT) {
      return "only in the environment of this command";
    }
    return key.startsWith("actions.") ? "not taken up: see usher status" : "after a restart";
  }

  private void print(List<ObjectNode> differences) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      differences.forEach(one -> console.print(Json.line(one)));
      return;
    }
    Table table = new Table("KEY", "IN FORCE", "FILE", "");
    for (ObjectNode one : differences) {
      table.row(
          Cell.of(one.path("key").asText()),
          Cell.of(one.path("inForce").asText()),
          Cell.of(one.path("file").asText()),
          Cell.waiting(one.path("note").asText()));
    }
    if (table.isEmpty()) {
      console.say("no difference");
    } else {
      table.print(console);
    }
  }
}
