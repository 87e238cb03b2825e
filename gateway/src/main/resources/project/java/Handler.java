package com.example;

import dev.usher.handler.Handlers;
import dev.usher.handler.Signup;
import dev.usher.handler.SignupHandler;
import io.vertx.core.Future;

/** Performs the action @name@. */
public final class @Class@ implements SignupHandler {

  /** Must not block; code that does is a BlockingSignupHandler, for Handlers.runBlocking. */
  @Override
  public Future<?> handle(Signup signup) {
    return Future.succeededFuture("Hello " + signup.text("username"));
  }

  public static void main(String[] args) {
    Handlers.run("@name@", "@address@", @Class@::new, args);
  }
}
