package dev.usher.handler;

import io.vertx.core.Future;

/** Takes notices of erased signups for the handler that takes the signups in the same process. */
final class NoticeHandler implements SignupHandler {

  private final SignupHandler handler;

  NoticeHandler(SignupHandler handler) {
    this.handler = handler;
  }

  @Override
  public Future<?> handle(Signup signup) {
    return handler.erase(new Erased(signup));
  }
}
