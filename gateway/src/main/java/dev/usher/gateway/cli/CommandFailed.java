package dev.usher.gateway.cli;

/**
 * The end of a command that can't do what it was asked; the message is for the person who asked.
 */
class CommandFailed extends Exception {

  private static final long serialVersionUID = 1;

  private final Exit exit;

  CommandFailed(Exit exit, String message) {
    super(message);
    this.exit = exit;
  }

  Exit exit() {
    return exit;
  }
}
