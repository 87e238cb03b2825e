package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Action;

/** An action's name, before it becomes part of a URL. */
final class ActionName {

  private ActionName() {}

  static String of(String name) throws CommandFailed {
    if (!Action.NAME.matcher(name).matches()) {
      throw new CommandFailed(
          Exit.USAGE,
          "\"" + name + "\" is not an action name; usher actions list says which there are");
    }
    return name;
  }
}
