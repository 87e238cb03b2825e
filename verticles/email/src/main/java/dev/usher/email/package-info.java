/**
 * The welcome mail: {@link dev.usher.email.WelcomeEmail} writes a letter to each signup and hands
 * it to a transport, an SMTP server or a folder.
 */
@NullMarked
package dev.usher.email;

import org.jspecify.annotations.NullMarked;
