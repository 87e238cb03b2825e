/** Edge out: which versions of hot-deployed handlers the runners of the cluster run. */
@NullMarked
package dev.usher.gateway.deploy;

import org.jspecify.annotations.NullMarked;
