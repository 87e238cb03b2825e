/**
 * Follows the catalogue of the gateway: what a runner shall run, brought about step by step, and
 * told as it comes about. Knows nothing of how a version is run.
 */
@NullMarked
package dev.usher.runner.catalogue;

import org.jspecify.annotations.NullMarked;
