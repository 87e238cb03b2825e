package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Action;
import java.nio.file.Path;
import java.util.Locale;

/** The name of a hot-deployed handler, before it becomes part of a URL. */
final class HandlerName {

  private static final int LONGEST = 63;

  private HandlerName() {}

  static String of(String name) throws CommandFailed {
    if (!Action.NAME.matcher(name).matches()) {
      throw new CommandFailed(
          Exit.USAGE,
          "\""
              + name
              + "\" is not a handler's name, which has lower-case letters, digits and hyphens;"
              + " usher handlers list says which there are");
    }
    return name;
  }

  /** The name of a file before its last dot, made fit. */
  static String from(Path file) throws CommandFailed {
    String fit =
        stem(file).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    if (fit.isEmpty()) {
      throw new CommandFailed(Exit.USAGE, "say a name for " + file.getFileName() + " with --name");
    }
    return fit.substring(0, Math.min(fit.length(), LONGEST));
  }

  /** Whether the name of a file is taken as it is. */
  static boolean isAsWritten(Path file) throws CommandFailed {
    return from(file).equals(stem(file));
  }

  private static String stem(Path file) {
    String fileName = String.valueOf(file.getFileName());
    int dot = fileName.lastIndexOf('.');
    return dot > 0 ? fileName.substring(0, dot) : fileName;
  }
}
