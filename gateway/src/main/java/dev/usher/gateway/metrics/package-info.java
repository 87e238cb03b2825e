/** What Prometheus scrapes. */
@NullMarked
package dev.usher.gateway.metrics;

import org.jspecify.annotations.NullMarked;
