package dev.usher.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@code .py}. The package itself limits the memory of its process. */
final class Python implements Interpreter {

  private final LeastVersion least = new LeastVersion("Python", 3, 9, "python");

  @Override
  public String language() {
    return "python";
  }

  @Override
  public String program(ProcessSettings settings) {
    return settings.python();
  }

  @Override
  public void check(String program) throws CannotDeploy {
    least.check(program);
  }

  /** Nothing: the package is named by a variable. */
  @Override
  public void prepare(Path file, Path packages) {}

  @Override
  public List<String> words(String program, Path packages, Path file, long memory) {
    return List.of(program, "-m", "usher", file.toString());
  }

  @Override
  public Map<String, String> variables(Path packages, long memory) {
    return Map.of(
        "PYTHONPATH",
        packages.toString(),
        "PYTHONUNBUFFERED",
        "1",
        "USHER_DEPLOYMENT_MEMORY",
        Long.toString(memory));
  }
}
