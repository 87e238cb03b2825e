/**
 * Kills processes round after round and then asks whether everything that was accepted was done.
 */
@NullMarked
package dev.usher.gateway.system.chaos;

import org.jspecify.annotations.NullMarked;
