package dev.usher.runner.catalogue;

import dev.usher.wire.HandlerVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs nothing, writes down what it was asked, and fails the versions that it is told to fail. */
final class ScriptedStage implements Stage {

  private final List<String> asked = new ArrayList<>();
  private final Map<String, String> failures = new HashMap<>();

  /** From now on this version does not start. */
  synchronized void fail(HandlerVersion version, String why) {
    failures.put(version.id(), why);
  }

  /** What was asked since the last time, in order. */
  synchronized List<String> asked() {
    List<String> since = List.copyOf(asked);
    asked.clear();
    return since;
  }

  @Override
  public Optional<String> run(HandlerVersion version, Path file) {
    return start("run ", version);
  }

  @Override
  public Optional<String> runBeside(HandlerVersion version, Path file) {
    return start("run beside ", version);
  }

  @Override
  public synchronized void promote(String name) {
    asked.add("promote " + name);
  }

  @Override
  public synchronized void endBeside(String name) {
    asked.add("end beside " + name);
  }

  @Override
  public synchronized void end(String name) {
    asked.add("end " + name);
  }

  private synchronized Optional<String> start(String how, HandlerVersion version) {
    asked.add(how + version.id());
    return Optional.ofNullable(failures.get(version.id()));
  }
}
