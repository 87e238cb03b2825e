/** Reaches handlers over the event bus: who is there, what is in flight, what came back. */
@NullMarked
package dev.usher.gateway.delivery;

import org.jspecify.annotations.NullMarked;
