package dev.usher.gateway.cli;

/** The gateway can't serve right now: unreachable, overloaded or about to leave. */
final class Away extends CommandFailed {

  private static final long serialVersionUID = 1;

  Away(CommandFailed failure) {
    super(failure.exit(), String.valueOf(failure.getMessage()));
  }
}
