/** The journal on SQLite: one file, one writer thread, group commit. */
@NullMarked
package dev.usher.gateway.journal;

import org.jspecify.annotations.NullMarked;
