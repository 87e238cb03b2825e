/** The two HTTP ports: signups come in at the public one, operators at the admin one. */
@NullMarked
package dev.usher.gateway.http;

import org.jspecify.annotations.NullMarked;
