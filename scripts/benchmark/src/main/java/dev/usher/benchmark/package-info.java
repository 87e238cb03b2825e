/** What the benchmark compares with and delivers to; not shipped. */
@NullMarked
package dev.usher.benchmark;

import org.jspecify.annotations.NullMarked;
