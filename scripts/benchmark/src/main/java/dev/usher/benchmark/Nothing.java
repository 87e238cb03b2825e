package dev.usher.benchmark;

import dev.usher.handler.Handlers;
import dev.usher.handler.Signup;
import dev.usher.handler.SignupHandler;
import io.vertx.core.Future;

/** A handler that succeeds at once, so that what is measured is the way to it and back. */
public final class Nothing implements SignupHandler {

  @Override
  public Future<?> handle(Signup signup) {
    return Future.succeededFuture();
  }

  /** Serves the address given as first argument under the name given as second. */
  public static void main(String[] arguments) {
    String[] options = java.util.Arrays.copyOfRange(arguments, 2, arguments.length);
    Handlers.run(arguments[1], arguments[0], Nothing::new, options);
  }
}
