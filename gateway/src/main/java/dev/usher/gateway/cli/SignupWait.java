package dev.usher.gateway.cli;

import java.time.Duration;

/** Waits until the required deliveries of a signup have ended. */
final class SignupWait {

  private final Gateway gateway;
  private final Duration limit;

  SignupWait(Gateway gateway, Duration limit) {
    this.gateway = gateway;
    this.limit = limit;
  }

  /**
   * The receipt once the required deliveries have ended, or as it last was when time ran out. A
   * gateway that is away or overloaded meanwhile is asked again: the signup is safe with it.
   */
  Receipt last(Receipt first) throws CommandFailed {
    Pause pause = new Pause(limit);
    Receipt latest = first;
    while (!latest.isEnded() && pause.take()) {
      latest = ask(latest);
    }
    return latest;
  }

  private Receipt ask(Receipt known) throws CommandFailed {
    Answer answer;
    try {
      answer = gateway.get(SignupsGet.path(known.id()));
    } catch (CommandFailed away) {
      return known;
    }
    if (answer.isSuccess()) {
      return new Receipt(answer.body());
    }
    if (answer.isPassing()) {
      return known;
    }
    throw Refusal.of(answer, gateway.endpoint());
  }
}
