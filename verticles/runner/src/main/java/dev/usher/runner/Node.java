package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@code .mjs} and {@code .js}. */
final class Node implements Interpreter {

  private static final long MEBIBYTE = 1024 * 1024;

  private final LeastVersion least = new LeastVersion("Node", 18, 0, "node");

  @Override
  public String language() {
    return "node";
  }

  @Override
  public String program(ProcessSettings settings) {
    return settings.node();
  }

  @Override
  public void check(String program) throws CannotDeploy {
    least.check(program);
  }

  /** The package where imports look for it, and a {@code .js} is a module, as ours are. */
  @Override
  public void prepare(Path file, Path packages) throws IOException {
    Path modules = Files.createDirectories(file.resolveSibling("node_modules"));
    Path unused = Files.createSymbolicLink(modules.resolve("usher-handler"), packages);
    Files.writeString(file.resolveSibling("package.json"), "{\"type\": \"module\"}");
  }

  @Override
  public List<String> words(String program, Path packages, Path file, long memory) {
    return List.of(
        program,
        "--max-old-space-size=" + Math.max(1, memory / MEBIBYTE),
        packages.resolve("bin/usher-handler.mjs").toString(),
        file.toString());
  }

  @Override
  public Map<String, String> variables(Path packages, long memory) {
    return Map.of();
  }
}
