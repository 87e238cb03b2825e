package dev.usher.runner;

import dev.usher.runner.process.Command;
import dev.usher.settings.Durations;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Files that another program runs: always a process of its own, which joins over the bridge of this
 * runner.
 */
final class Script implements Language {

  private static final String DRAIN_LIMIT = "shutdown.timeout";
  private static final String DEFAULT_DRAIN_LIMIT = "10s";
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

  private final String suffix;
  private final Interpreter interpreter;

  Script(String suffix, Interpreter interpreter) {
    this.suffix = suffix;
    this.interpreter = interpreter;
  }

  @Override
  public String suffix() {
    return suffix;
  }

  @Override
  public Program load(Artefact artefact, Surroundings surroundings) throws CannotDeploy {
    interpreter.check(program(surroundings));
    Settings settings = settings(artefact, surroundings);
    Duration drainLimit = drainLimit(settings);
    Map<String, String> variables = variables(settings);
    variables.put("USHER_SHUTDOWN_TIMEOUT", drainLimit.toMillis() + "ms");
    return new Child(drainLimit, version -> command(version, surroundings, variables));
  }

  private Supplier<Command> command(
      Version version, Surroundings surroundings, Map<String, String> own) throws CannotDeploy {
    Artefact artefact = version.artefact();
    Processes processes = surroundings.processes();
    Path packages = processes.packages().of(interpreter.language());
    long memory = processes.settings().memory();
    Map<String, String> variables = ChildEnvironment.ofMachine(surroundings.environment());
    variables.putAll(own);
    variables.putAll(processes.bridge().variables());
    variables.putAll(interpreter.variables(packages, memory));
    variables.put("USHER_DEPLOYMENT", artefact.terms().deployment());
    variables.put("USHER_DEPLOYMENT_ADDRESS", artefact.terms().address());
    Path file = artefact.file().toAbsolutePath();
    prepare(file, packages);
    List<String> words = interpreter.words(program(surroundings), packages, file, memory);
    Command command = new Command(words, variables, version.use(artefact.name()));
    return () -> command;
  }

  private String program(Surroundings surroundings) {
    return interpreter.program(surroundings.processes().settings());
  }

  private static Settings settings(Artefact artefact, Surroundings surroundings)
      throws CannotDeploy {
    try {
      return Settings.load(
          artefact.name(),
          surroundings.config(),
          surroundings.environment(),
          artefact.terms().settings());
    } catch (InvalidSettings e) {
      throw new CannotDeploy(String.valueOf(e.getMessage()), e);
    }
  }

  /** A key that is written as a variable is one as it is, too: scripts often know no others. */
  private static Map<String, String> variables(Settings settings) {
    Map<String, String> variables = new HashMap<>(settings.asVariables());
    settings.values().stream()
        .map(Setting::key)
        .filter(key -> VARIABLE.matcher(key).matches())
        .forEach(key -> settings.find(key).ifPresent(text -> variables.put(key, text)));
    return variables;
  }

  private static Duration drainLimit(Settings settings) throws CannotDeploy {
    try {
      return Durations.parse(settings.find(DRAIN_LIMIT).orElse(DEFAULT_DRAIN_LIMIT));
    } catch (IllegalArgumentException e) {
      throw new CannotDeploy(DRAIN_LIMIT + ": " + e.getMessage(), e);
    }
  }

  private void prepare(Path file, Path packages) throws CannotDeploy {
    try {
      interpreter.prepare(file, packages);
    } catch (IOException e) {
      throw new CannotDeploy("it can't be prepared: " + e, e);
    }
  }
}
