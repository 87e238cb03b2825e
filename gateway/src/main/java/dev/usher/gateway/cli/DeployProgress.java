package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Follows a version from its upload to the end of the one before, and says each step once. */
final class DeployProgress {

  /** What a person sees of it, in this order. */
  private enum Step {
    ALONE,
    STARTED,
    READY,
    SWITCHED,
    DRAINED
  }

  private static final Set<String> IN_FORCE = Set.of("next", "canary", "current");

  private final Console console;
  private final String handler;
  private final int number;
  private final Set<Step> said = EnumSet.noneOf(Step.class);

  DeployProgress(Console console, String handler, int number) {
    this.console = console;
    this.handler = handler;
    this.number = number;
  }

  /**
   * Waits for its end, the gateway's absence included.
   *
   * @return the handler as it stands then
   */
  JsonNode follow(LastingGateway gateway, Duration timeout) throws CommandFailed {
    Pause pause = new Pause(timeout);
    while (true) {
      JsonNode now = gateway.fetch(asked -> asked.get("/admin/handlers/" + handler));
      if (isOver(now)) {
        return now;
      }
      if (!pause.take()) {
        throw new CommandFailed(Exit.TIMED_OUT, late(now, timeout));
      }
    }
  }

  /** What a version serves, as the runners say. */
  static List<String> addresses(JsonNode handler, int number) {
    Set<String> all = new TreeSet<>();
    for (JsonNode runner : handler.path("runners")) {
      for (JsonNode version : runner.path("versions")) {
        if (version.path("number").asInt() == number) {
          version.path("addresses").forEach(address -> all.add(address.asText()));
        }
      }
    }
    return List.copyOf(all);
  }

  private boolean isOver(JsonNode now) throws CommandFailed {
    JsonNode version = version(now);
    String state = version.path("state").asText();
    if (now.path("runners").isEmpty() && IN_FORCE.contains(state)) {
      // They have died, or a gateway that has just started has not heard of them yet.
      say(Step.ALONE, "no runner is there any more; waits for one");
      return false;
    }
    return switch (state) {
      case "failed" -> throw failed(now, version);
      case "current" -> {
        switched(now, handler + " version " + number + " is current");
        yield isDrained(now);
      }
      case "canary" -> {
        switched(now, canary(version));
        yield true;
      }
      case "next" -> {
        started(now);
        yield false;
      }
      default ->
          throw new CommandFailed(
              Exit.FAILED,
              handler
                  + " version "
                  + number
                  + " was taken away meanwhile: "
                  + Printable.of(version.path("why").asText()));
    };
  }

  private void started(JsonNode now) {
    int all = now.path("runners").size();
    int starting = in(now, "starting") + in(now, "serving");
    if (all > 0 && starting == all) {
      say(Step.STARTED, "started on " + runners(all));
    }
    if (all > 0 && in(now, "serving") == all) {
      say(Step.READY, "ready on " + runners(all));
    }
  }

  private void switched(JsonNode now, String words) {
    int all = now.path("runners").size();
    say(Step.STARTED, "started on " + runners(all));
    say(Step.READY, "ready on " + runners(all));
    say(Step.SWITCHED, "switched: " + words);
  }

  private String canary(JsonNode version) {
    return handler
        + " version "
        + number
        + " gets "
        + version.path("share").asText()
        + " % of the deliveries; decide with: usher handlers promote "
        + handler
        + ", or: usher handlers rollback "
        + handler;
  }

  /** The one before has nothing left on any runner. */
  private boolean isDrained(JsonNode now) {
    List<String> others = new ArrayList<>();
    for (JsonNode runner : now.path("runners")) {
      for (JsonNode version : runner.path("versions")) {
        String phase = version.path("phase").asText();
        if (version.path("number").asInt() != number && !phase.equals("failed")) {
          others.add(phase);
        }
      }
    }
    if (others.isEmpty() && now.path("versions").size() > 1) {
      say(Step.DRAINED, "drained: nothing runs an earlier version");
    }
    return others.isEmpty();
  }

  private CommandFailed failed(JsonNode now, JsonNode version) {
    String rest = "no version of it serves";
    for (JsonNode one : now.path("versions")) {
      if (one.path("state").asText().equals("current")) {
        rest = "version " + one.path("number").asText() + " serves on";
      }
    }
    return new CommandFailed(
        Exit.FAILED,
        handler
            + " version "
            + number
            + " does not start: "
            + lines(version.path("why").asText())
            + "\n"
            + rest);
  }

  private String late(JsonNode now, Duration timeout) {
    List<String> words = new ArrayList<>();
    for (JsonNode runner : now.path("runners")) {
      List<String> phases = new ArrayList<>();
      for (JsonNode version : runner.path("versions")) {
        phases.add(
            "version " + version.path("number").asText() + " " + version.path("phase").asText());
      }
      words.add(
          runner.path("runner").asText()
              + ": "
              + (phases.isEmpty() ? "nothing of it" : String.join(", ", phases)));
    }
    return "after "
        + Span.text(timeout)
        + " version "
        + number
        + " is "
        + version(now).path("state").asText()
        + (words.isEmpty() ? ", and no runner is there" : "; " + String.join("; ", words))
        + "; it goes on without this command: usher handlers list";
  }

  /** A handler's error may have several lines, which help to read it. */
  private static String lines(String text) {
    return String.join("\n  ", text.lines().map(Printable::of).toList());
  }

  private int in(JsonNode now, String phase) {
    int count = 0;
    for (JsonNode runner : now.path("runners")) {
      for (JsonNode version : runner.path("versions")) {
        if (version.path("number").asInt() == number
            && version.path("phase").asText().equals(phase)) {
          count++;
        }
      }
    }
    return count;
  }

  private JsonNode version(JsonNode now) {
    for (JsonNode version : now.path("versions")) {
      if (version.path("number").asInt() == number) {
        return version;
      }
    }
    return Json.object();
  }

  private void say(Step step, String line) {
    if (said.add(step)) {
      console.say(Printable.of(line));
    }
  }

  private static String runners(int count) {
    return count == 1 ? "1 runner" : count + " runners";
  }
}
