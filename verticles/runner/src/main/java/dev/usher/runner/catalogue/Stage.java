package dev.usher.runner.catalogue;

import dev.usher.wire.HandlerVersion;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where versions run. Each call returns when what it asks for is so; those of one name follow each
 * other.
 */
public interface Stage {

  /**
   * Runs a version under its name, in the place of what ran under it.
   *
   * @return why it does not start, in which case what ran before runs on; nothing where it serves
   */
  Optional<String> run(HandlerVersion version, Path file);

  /** The same beside what runs under its name, in the place of what ran beside it. */
  Optional<String> runBeside(HandlerVersion version, Path file);

  /** Puts what runs beside a name in the place of what runs under it. */
  void promote(String name);

  /** Ends what runs beside a name, once it has drained. */
  void endBeside(String name);

  /** Ends all that runs of a name, once it has drained. */
  void end(String name);
}
