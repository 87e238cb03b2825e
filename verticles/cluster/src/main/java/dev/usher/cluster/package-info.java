/**
 * What every process of the cluster does the same way: read its command line, lock its data folder,
 * join.
 */
@NullMarked
package dev.usher.cluster;

import org.jspecify.annotations.NullMarked;
