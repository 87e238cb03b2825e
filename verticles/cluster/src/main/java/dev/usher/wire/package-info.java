/**
 * What gateways and handler instances say to each other on the bus: announcements, beacons, frames.
 */
@NullMarked
package dev.usher.wire;

import org.jspecify.annotations.NullMarked;
