package dev.usher.runner.catalogue;

import dev.usher.wire.ArtefactRequest;
import java.io.IOException;

/** Where the pieces of files come from. */
@FunctionalInterface
public interface Pieces {

  /**
   * Waits for a piece.
   *
   * @param gateway which gateway is asked
   * @return some bytes; none at the end of the file
   * @throws IOException when it does not come, saying why
   */
  byte[] get(String gateway, ArtefactRequest request) throws IOException;
}
