/**
 * Serves the event-bus bridge protocol over TCP, so that handlers in any language are instances
 * like those of the kit: {@link dev.usher.bridge.Bridge}.
 */
@NullMarked
package dev.usher.bridge;

import org.jspecify.annotations.NullMarked;
