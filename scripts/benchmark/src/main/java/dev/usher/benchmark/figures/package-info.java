/** What was measured, round by round. */
@NullMarked
package dev.usher.benchmark.figures;

import org.jspecify.annotations.NullMarked;
