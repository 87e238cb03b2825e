package dev.usher.runner;

import dev.usher.runner.process.Command;
import dev.usher.settings.Durations;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Files that another program runs: always a process of its own, which joins over the bridge of this
 * runner.
 */
final class Script implements Language {

  private static final String DRAIN_LIMIT = "shutdown.timeout";
  private static final String DEFAULT_DRAIN_LIMIT = "10s";

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
    String drainLimit = settings.find(DRAIN_LIMIT).orElse(DEFAULT_DRAIN_LIMIT);
    Map<String, String> variables = new HashMap<>(settings.asVariables());
    variables.put("USHER_SHUTDOWN_TIMEOUT", drainLimit);
    return new Child(duration(drainLimit), version -> command(version, surroundings, variables));
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
    modules(artefact);
    List<String> words =
        interpreter.words(
            program(surroundings), packages, artefact.file().toAbsolutePath(), memory);
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

  private static Duration duration(String text) throws CannotDeploy {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CannotDeploy(DRAIN_LIMIT + ": " + e.getMessage(), e);
    }
  }

  /** Node takes a {@code .js} for a module, as ours are, only where a file beside it says so. */
  private static void modules(Artefact artefact) throws CannotDeploy {
    if (artefact.fileName().endsWith(".js")) {
      try {
        Files.writeString(artefact.folder().resolve("package.json"), "{\"type\": \"module\"}");
      } catch (IOException e) {
        throw new CannotDeploy("it can't be prepared: " + e, e);
      }
    }
  }
}
