package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Loop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Orders that are carried out one after the other, each from its begin to its end. What they begin
 * elsewhere comes back to the loop.
 */
final class Turns {

  private final Vertx vertx;
  private final Loop loop;
  private Future<?> last = Future.succeededFuture();

  Turns(Vertx vertx, Loop loop) {
    this.vertx = vertx;
    this.loop = loop;
  }

  /** Once everything before it has ended, however it did. */
  <T> Future<T> next(Supplier<Future<T>> order) {
    return loop.call(
        () -> {
          Future<T> next = last.transform(ended -> order.get());
          last = next;
          return next;
        });
  }

  /** Off the loop, now. */
  <T> Future<T> blocking(Callable<T> step) {
    return onLoop(vertx.executeBlocking(step, false));
  }

  /** The same, told on the loop. */
  <T> Future<T> onLoop(Future<T> future) {
    Promise<T> promise = Promise.promise();
    var unused = future.onComplete(ended -> loop.run(() -> promise.handle(ended)));
    return promise.future();
  }
}
