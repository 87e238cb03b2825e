/**
 * Keeps processes running: starts them, reads what they print, starts them again when they end, and
 * ends them. Knows nothing of handlers but the line by which a process says that one serves.
 */
@NullMarked
package dev.usher.runner.process;

import org.jspecify.annotations.NullMarked;
