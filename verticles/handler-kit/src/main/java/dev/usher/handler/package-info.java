/**
 * What a handler is written with: implement {@link dev.usher.handler.SignupHandler} or {@link
 * dev.usher.handler.BlockingSignupHandler} and give it to {@link dev.usher.handler.Handlers}.
 */
@NullMarked
package dev.usher.handler;

import org.jspecify.annotations.NullMarked;
