package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.ActionOrder;
import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Retry;
import dev.usher.gateway.pipeline.Webhook;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code actions.yaml}. The environment overrides nothing in it, but may be referred to. */
public final class ActionsFile {

  private ActionsFile() {}

  /**
   * The actions of a file.
   *
   * @throws InvalidSettings naming every problem with its line and column
   */
  public static Actions load(Path file, Map<String, String> environment) throws InvalidSettings {
    return parse(file, text(file), environment);
  }

  /**
   * Every setting of the actions of a file, with its place.
   *
   * @throws InvalidSettings naming every problem with its line and column
   */
  public static List<Setting> settings(Path file, Map<String, String> environment)
      throws InvalidSettings {
    return read(file, text(file), environment, Overrides.NONE).settings();
  }

  /**
   * What a start would make of a file and of these overrides.
   *
   * @throws InvalidSettings when the file itself is not sound
   */
  public static Fitted fitted(
      Path file, Map<String, String> environment, List<ActionOverride> overrides)
      throws InvalidSettings {
    return Fitting.of(FileText.read(file), environment, Overrides.of(overrides));
  }

  /** The same of a text already read; messages call it what {@code file} says. */
  static Actions parse(Path file, String text, Map<String, String> environment)
      throws InvalidSettings {
    return read(file, text, environment, Overrides.NONE).actions();
  }

  /**
   * The one way from what people wrote, in the file and over it, to the actions that may come into
   * force: all of it is checked together.
   *
   * @throws InvalidSettings naming every problem, with line and column or the override's pointer
   */
  static ConfiguredActions read(
      Path file, String text, Map<String, String> environment, Overrides overrides)
      throws InvalidSettings {
    Settings settings = Settings.parse(file, text, "actions", environment, overrides.overlays());
    List<Setting> shadowed =
        overrides.isEmpty()
            ? List.of()
            : Shadows.of(settings.values(), alone(file, text, environment));
    return new ConfiguredActions(actions(settings), settings.values(), shadowed);
  }

  private static Actions actions(Settings settings) throws InvalidSettings {
    List<Problem> problems = new ArrayList<>(Webhooks.faults(settings));
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    List<Action> actions =
        settings.names("actions").stream().map(name -> action(settings, name)).toList();
    ActionOrder.faults(actions).forEach(fault -> problems.add(problem(settings, fault)));
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    return new Actions(actions);
  }

  private static Problem problem(Settings settings, ActionOrder.Fault fault) {
    String key = "actions." + fault.action() + ".after";
    return new Problem(settings.place(key), key, fault.message());
  }

  /**
   * What the file says by itself; where it needs its overrides to be sound, nothing is shadowed.
   */
  private static List<Setting> alone(Path file, String text, Map<String, String> environment) {
    try {
      return Settings.parse(file, text, "actions", environment).values();
    } catch (InvalidSettings needsOverrides) {
      return List.of();
    }
  }

  /** The text of the file, or what a person is told who has none. */
  static String text(Path file) throws InvalidSettings {
    if (!Files.exists(file)) {
      throw new InvalidSettings(List.of(missing(file)));
    }
    return Settings.fileText(file);
  }

  private static Problem missing(Path file) {
    return new Problem(
        file.toString(),
        "",
        "there is no such file (looked for "
            + file.toAbsolutePath().normalize()
            + "); start with --config DIR, the folder it is in");
  }

  private static Action action(Settings settings, String name) {
    String key = "actions." + name;
    Optional<Webhook> webhook = Webhooks.find(settings, key);
    return new Action(
        name,
        settings.flag(key + ".required"),
        settings.find(key + ".key").orElse(name),
        webhook.map(Webhook::address).orElseGet(() -> settings.text(key + ".address")),
        settings.find(key + ".after"),
        settings.duration(key + ".delay"),
        policy(settings, key),
        settings.find(key + ".erased"),
        webhook);
  }

  private static AttemptPolicy policy(Settings settings, String key) {
    return new AttemptPolicy(
        settings.duration(key + ".timeout"),
        retry(settings, key + ".retry"),
        settings.number(key + ".concurrency"),
        settings.find(key + ".rate").map(Rates::parse),
        settings.flag(key + ".repeatable"),
        settings.flag(key + ".paused"));
  }

  private static Retry retry(Settings settings, String key) {
    return new Retry(
        settings.duration(key + ".first"),
        settings.decimal(key + ".factor"),
        settings.duration(key + ".max"),
        settings.duration(key + ".giveUpAfter"));
  }
}
