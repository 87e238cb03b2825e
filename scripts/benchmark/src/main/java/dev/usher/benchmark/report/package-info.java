/** What people read in the end. */
@NullMarked
package dev.usher.benchmark.report;

import org.jspecify.annotations.NullMarked;
