/** What loads a server: wrk in a closed loop, our own generator at a fixed rate. */
@NullMarked
package dev.usher.benchmark.load;

import org.jspecify.annotations.NullMarked;
