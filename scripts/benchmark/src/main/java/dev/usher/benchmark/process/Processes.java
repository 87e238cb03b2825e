package dev.usher.benchmark.process;

import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** All processes that run now: each is ended in the end, also when a person breaks off. */
public final class Processes {

  /** Below the ports that Linux gives to clients; a range for each benchmark that runs. */
  private static final int FIRST_PORT = 20_000;

  private static final int RANGES = 1_000;
  private static final int RANGE = 10;

  private final Path home;
  private final Path work;
  private final Map<String, String> environment;
  private final Map<String, String> commands = new TreeMap<>();
  private boolean isOver;
  private final List<Running> running = new CopyOnWriteArrayList<>();

  /**
   * For processes whose output goes to {@code logs} in a folder.
   *
   * @param home the repository, which commands are told without
   */
  public Processes(Path home, Path work) {
    this.home = home;
    this.work = work;
    long pid = ProcessHandle.current().pid();
    long port = FIRST_PORT + pid % RANGES * RANGE;
    this.environment =
        Map.of(
            "USHER_CLUSTER_NAME",
            "bench-" + pid,
            "USHER_CLUSTER_PORT",
            port + "-" + (port + 7),
            "USHER_HTTP_PORT",
            "0",
            "USHER_ADMIN_PORT",
            "0");
  }

  /** Starts a fat jar. */
  public Running jar(String name, Jvm jvm, Path jar, String... arguments) {
    return start(name, jvm.jar(jar, List.of(arguments)));
  }

  /** Starts a main class of a jar. */
  public Running main(String name, Jvm jvm, Path jar, Class<?> type, String... arguments) {
    return start(name, jvm.main(jar, type.getName(), List.of(arguments)));
  }

  /** Starts any program. */
  public Running program(String name, List<String> command) {
    return start(name, command);
  }

  /** One at a time, and none once it is over: what is not known yet could not be ended. */
  private synchronized Running start(String name, List<String> command) {
    if (isOver) {
      throw new BenchFailed("not started, for it is over: " + name);
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.startsWith("USHER_"));
    builder.environment().putAll(environment);
    try {
      Running started =
          new Running(name, builder, work.resolve("logs").resolve(name.replace(' ', '-') + ".log"));
      running.add(started);
      commands.putIfAbsent(name, told(command));
      return started;
    } catch (IOException e) {
      throw new BenchFailed("can't start " + name, e);
    }
  }

  private String told(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.set(0, words.get(0).replaceAll(".*/", ""));
    words.removeIf(
        word -> word.startsWith("-XX:+IgnoreUnrecognized") || word.startsWith("--sun-misc"));
    return String.join(" ", words).replace(work.toString(), "RUN").replace(home + "/", "");
  }

  /** How each process was started, by its name. */
  public Map<String, String> commands() {
    return commands;
  }

  /** Ends a process as a crash would, and waits for its end. */
  public void kill(Running process) {
    process.kill();
    running.remove(process);
  }

  /** Ends a process in order. */
  public void stop(Running process) {
    process.stop();
    running.remove(process);
  }

  /** Ends everything that runs: what they kept is of no use any more. */
  public void killAll() {
    running.forEach(this::kill);
  }

  /** Whether nothing may start any more, since a person has broken off. */
  public synchronized boolean isOver() {
    return isOver;
  }

  /** Ends everything that runs, and lets nothing start any more. */
  public synchronized void close() {
    isOver = true;
    killAll();
  }
}
