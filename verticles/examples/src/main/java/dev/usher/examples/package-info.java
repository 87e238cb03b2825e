/** Handlers to copy from. */
@NullMarked
package dev.usher.examples;

import org.jspecify.annotations.NullMarked;
