package dev.usher.gateway.config;

import dev.usher.gateway.pipeline.ActionOverride;
import dev.usher.gateway.pipeline.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the configuration from before this start.
 *
 * @param overrides what people said over the file
 * @param last the configuration that was in force last
 * @param highest highest revision in use
 */
public record Saved(List<ActionOverride> overrides, Optional<Revision> last, long highest) {

  /** Nothing: it is the first start. */
  public static final Saved NOTHING = new Saved(List.of(), Optional.empty(), 0);
}
