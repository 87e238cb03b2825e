/**
 * The runner: takes jars, single source files and scripts as they come, runs the handlers in them
 * side by side in one process or in processes of their own, and puts a new version in the place of
 * the old one without losing a delivery.
 */
@NullMarked
package dev.usher.runner;

import org.jspecify.annotations.NullMarked;
