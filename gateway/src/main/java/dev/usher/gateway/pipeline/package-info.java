/**
 * The core: what a signup goes through, from its plan to the end of its last delivery. Declares the
 * ports (journal, invoker) and knows no HTTP, bus, SQL or JSON library.
 */
@NullMarked
package dev.usher.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
