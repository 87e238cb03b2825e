/** What the processes do together, shown on the fat jars as a person starts them. */
@NullMarked
package dev.usher.gateway.system;

import org.jspecify.annotations.NullMarked;
