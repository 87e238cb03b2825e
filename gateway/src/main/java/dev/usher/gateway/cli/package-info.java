/**
 * Edge in: the command line. One class per verb; data on stdout, talk on stderr; knows the gateway
 * only by its HTTP interface, so it works the same from another machine.
 */
@NullMarked
package dev.usher.gateway.cli;

import org.jspecify.annotations.NullMarked;
