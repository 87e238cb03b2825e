/**
 * Subscription to mailing lists: {@link dev.usher.subscription.Subscription} puts each signup that
 * asks for it on the lists it names.
 */
@NullMarked
package dev.usher.subscription;

import org.jspecify.annotations.NullMarked;
