package dev.usher.gateway.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream of events for as long as is wanted. When the stream is cut, it comes back and
 * says what it has seen; a gateway that was there once may be away for a while.
 */
final class Following {

  private static final Duration AWAY = Duration.ofMinutes(1);

  private final Gateway gateway;
  private final String path;
  private final Console console;
  private String lastId = "";
  private boolean wasThere;
  private boolean isAway;
  private volatile boolean isEnded;
  private volatile @Nullable Events current;

  Following(Gateway gateway, String path, Console console) {
    this.gateway = gateway;
    this.path = path;
    this.console = console;
  }

  /** Ends it from another thread. */
  void end() {
    isEnded = true;
    Events open = current;
    if (open != null) {
      open.close();
    }
  }

  /** Shows each event to this until it answers false or the gateway says that it was the last. */
  void each(Predicate<Events.Event> wanted) throws CommandFailed {
    Pause pause = new Pause(AWAY);
    while (!isEnded) {
      Optional<Events> stream = open(pause);
      if (stream.isEmpty()) {
        return;
      }
      try (Events events = stream.get()) {
        current = events;
        if (isEnded) {
          return;
        }
        for (Optional<Events.Event> one = events.next(); one.isPresent(); one = events.next()) {
          pause = new Pause(AWAY);
          lastId = one.get().id();
          if (!wanted.test(one.get())) {
            return;
          }
        }
      }
      if (!isEnded && !pause.take()) {
        throw new CommandFailed(
            Exit.UNREACHABLE, gateway.endpoint().base() + " ends its streams at once");
      }
    }
  }

  private Optional<Events> open(Pause pause) throws CommandFailed {
    while (true) {
      try {
        Optional<Events> events = gateway.events(path, lastId);
        wasThere = true;
        back();
        return events;
      } catch (Away away) {
        if (!wasThere || isEnded || !pause.take()) {
          throw away;
        }
        away(away);
      }
    }
  }

  /** Said once, however often it is tried again. */
  private void away(Away away) {
    if (!isAway) {
      console.say("away: " + firstLine(away) + "; trying again for " + Span.text(AWAY));
    }
    isAway = true;
  }

  private void back() {
    if (isAway) {
      console.say("back");
    }
    isAway = false;
  }

  private static String firstLine(CommandFailed away) {
    return String.valueOf(away.getMessage()).lines().findFirst().orElse("");
  }
}
