package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A gateway that may go away and come back, at another port too: whatever is asked is asked again
 * until it answers. For many threads at once.
 */
final class LastingGateway {

  private static final long OPEN_AGAIN_NANOS = Duration.ofMillis(500).toNanos();

  private final Opening opening;
  private final Duration patience;
  private Gateway current;
  private long opened = System.nanoTime();

  /** Finds the gateway. */
  @FunctionalInterface
  interface Opening {
    Gateway open() throws CommandFailed;
  }

  /** One request. */
  @FunctionalInterface
  interface Request {
    Answer send(Gateway gateway) throws CommandFailed;
  }

  /** Finds it for the first time; {@code patience} is the longest wait for an answer. */
  LastingGateway(Opening opening, Duration patience) throws CommandFailed {
    this.opening = opening;
    this.patience = patience;
    this.current = opening.open();
  }

  /** Where it was found last. */
  synchronized Endpoint endpoint() {
    return current.endpoint();
  }

  /** The first answer that does not say that the gateway can't answer now. */
  Answer ask(Request request) throws CommandFailed {
    Pause pause = new Pause(patience);
    Gateway asked = current();
    while (true) {
      String why;
      try {
        Answer answer = request.send(asked);
        if (!answer.isPassing()) {
          return answer;
        }
        why = String.valueOf(Refusal.of(answer, asked.endpoint()).getMessage());
      } catch (CommandFailed failed) {
        if (failed.exit() != Exit.UNREACHABLE && failed.exit() != Exit.TIMED_OUT) {
          throw failed;
        }
        why = String.valueOf(failed.getMessage());
      }
      if (!pause.take()) {
        throw new CommandFailed(
            Exit.TIMED_OUT, "the gateway was away for " + Span.text(patience) + ": " + why);
      }
      asked = openedAgain(asked);
    }
  }

  /** What it says, where it does what is asked; a refusal ends the command. */
  JsonNode fetch(Request request) throws CommandFailed {
    Answer answer = ask(request);
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, endpoint());
    }
    return answer.body();
  }

  private synchronized Gateway current() {
    return current;
  }

  private synchronized Gateway openedAgain(Gateway failed) {
    if (current == failed && System.nanoTime() - opened > OPEN_AGAIN_NANOS) {
      opened = System.nanoTime();
      try {
        current = opening.open();
      } catch (CommandFailed stillAway) {
        return current;
      }
    }
    return current;
  }
}
