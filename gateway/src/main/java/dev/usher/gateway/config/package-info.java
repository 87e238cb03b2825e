/** What a person configures, as one typed record per concern; only {@code main} reads it. */
@NullMarked
package dev.usher.gateway.config;

import org.jspecify.annotations.NullMarked;
