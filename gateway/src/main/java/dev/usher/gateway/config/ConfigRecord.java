package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.Change;
import java.io.IOException;

/** Where a configuration is made durable before it comes into force. */
@FunctionalInterface
public interface ConfigRecord {

  /**
   * Returns once the change would survive a crash. Blocks.
   *
   * @throws IOException when it may not: nothing comes into force then
   */
  void keep(Change.Configure change) throws IOException;
}
