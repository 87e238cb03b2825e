package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Kills processes of this machine without warning, and sees to it that they come back. */
final class Killer {

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final long END_SECONDS = 10;

  /** The cluster notices a killed member of it within a second; others it never knew. */
  private static final Duration NOTICED = Duration.ofSeconds(5);

  private final LastingGateway gateway;
  private final Console console;
  private final Path log;
  private final Duration patience;

  /**
   * Kills nothing yet.
   *
   * @param log takes what processes say that are started again
   * @param patience longest wait for one to come back
   */
  Killer(LastingGateway gateway, Console console, Path log, Duration patience) {
    this.gateway = gateway;
    this.console = console;
    this.log = log;
    this.patience = patience;
  }

  /** Fails where one of them could not be killed. */
  void check(List<Disruption> disruptions) throws CommandFailed {
    for (Disruption one : disruptions) {
      var unused = process(one);
    }
  }

  /** Kills it, has it started again, and waits until the cluster is whole. */
  void disrupt(Disruption disruption, int accepted) throws CommandFailed {
    ProcessHandle victim = process(disruption);
    int members = members();
    long killed = System.nanoTime();
    kill(victim);
    String name = (disruption.isOfGateway() ? "the gateway, " : "") + "process " + victim.pid();
    console.say("killed " + name + ", once " + accepted + " signups were accepted");
    if (disruption.command().isPresent()) {
      start(disruption.command().get());
    }
    if (!disruption.isOfGateway()) {
      // One that was no member is not missed.
      var unused = awaitMembers(NOTICED, 0, members - 1);
    }
    if (!awaitMembers(patience, members, Integer.MAX_VALUE)) {
      throw new CommandFailed(
          Exit.TIMED_OUT,
          name + " was not back within " + Span.text(patience) + "; look into " + log);
    }
    Duration away = Duration.ofMillis((System.nanoTime() - killed) / 1_000_000);
    console.say("it was back after " + Span.text(away));
  }

  private ProcessHandle process(Disruption disruption) throws CommandFailed {
    long pid;
    if (disruption.process().isPresent()) {
      pid = disruption.process().get();
    } else {
      Endpoint endpoint = gateway.endpoint();
      pid =
          endpoint
              .pid()
              .orElseThrow(
                  () ->
                      new CommandFailed(
                          Exit.USAGE,
                          endpoint.origin()
                              + " does not say which process the gateway is; give its process id"));
    }
    return ProcessHandle.of(pid)
        .filter(process -> pid != ProcessHandle.current().pid())
        .orElseThrow(
            () -> new CommandFailed(Exit.USAGE, "there is no process " + pid + " to be killed"));
  }

  private static void kill(ProcessHandle victim) throws CommandFailed {
    try {
      if (!victim.destroyForcibly()) {
        throw new CommandFailed(
            Exit.FAILED, "process " + victim.pid() + " can't be killed: whose is it?");
      }
      var unused = victim.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandFailed(Exit.FAILED, "process " + victim.pid() + " does not end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(Exit.FAILED, "interrupted");
    }
  }

  /** In a session of its own where that can be had: Ctrl-C is meant for this command alone. */
  private void start(String command) throws CommandFailed {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString());
    }
    words.addAll(List.of("sh", "-c", command));
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var unused =
          new ProcessBuilder(words)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new CommandFailed(Exit.FAILED, "can't run " + command + ": " + e.getMessage());
    }
  }

  /** Whether the cluster came to have so many members in time. */
  private boolean awaitMembers(Duration limit, int least, int most) throws CommandFailed {
    Pause pause = new Pause(limit);
    do {
      int members = members();
      if (members >= least && members <= most) {
        return true;
      }
    } while (pause.take());
    return false;
  }

  private int members() throws CommandFailed {
    JsonNode health = gateway.ask(asked -> asked.get("/health/ready")).body();
    return health.at("/cluster/members").asInt();
  }
}
