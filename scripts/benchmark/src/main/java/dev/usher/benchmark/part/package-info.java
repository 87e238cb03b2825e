/** The parts of the benchmark, one class each. */
@NullMarked
package dev.usher.benchmark.part;

import org.jspecify.annotations.NullMarked;
