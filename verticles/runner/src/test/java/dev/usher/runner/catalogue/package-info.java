/** Catalogues that are followed on a scripted stage. */
@NullMarked
package dev.usher.runner.catalogue;

import org.jspecify.annotations.NullMarked;
