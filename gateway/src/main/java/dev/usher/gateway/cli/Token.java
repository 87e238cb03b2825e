package dev.usher.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an admin call shows.
 *
 * @param value the token; never printed
 * @param origin who says so, to be named when the gateway refuses it
 */
record Token(String value, String origin) {

  /** The token in a file that a person named. */
  static Token in(Path file) throws CommandFailed {
    try {
      return new Token(Files.readString(file).strip(), file.toString());
    } catch (IOException e) {
      throw new CommandFailed(
          Exit.USAGE, "can't read the token in " + file + ": " + Unreadable.because(e));
    }
  }

  /** The token that the gateway using {@code data} made, if this user may read it. */
  static Optional<Token> recorded(Path data) throws CommandFailed {
    Path file = data.resolve("gateway").resolve("admin.token");
    return Files.isReadable(file) ? Optional.of(in(file)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "token from " + origin;
  }
}
