/**
 * The conformance kit: examines a handler, in whatever language, through a real gateway. It knows a
 * handler only as a gateway does, by its address, and judges by what the journal says of each
 * attempt.
 */
@NullMarked
package dev.usher.conformance;

import org.jspecify.annotations.NullMarked;
