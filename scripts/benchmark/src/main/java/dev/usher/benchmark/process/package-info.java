/** Starting, watching and ending the processes that are measured. */
@NullMarked
package dev.usher.benchmark.process;

import org.jspecify.annotations.NullMarked;
