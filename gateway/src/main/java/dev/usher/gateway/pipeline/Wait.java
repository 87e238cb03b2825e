package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody who waits until it is decided whether a signup completes or fails. */
public final class Wait implements Watcher {

  private final Loop loop;
  private final Promise<Receipt> answer = Promise.promise();
  private Receipt latest;
  private Loop.@Nullable Timer timer;
  private @Nullable Watch watch;
  private boolean isOver;

  /**
   * Waits from now on.
   *
   * @param look reads the receipt anew: what a delivery waits for changes without a commit
   */
  Wait(Loop loop, Receipt known, Duration limit, Supplier<Future<Optional<Receipt>>> look) {
    this.loop = loop;
    this.latest = known;
    loop.run(() -> timer = isOver ? null : loop.after(limit, () -> lookOnceMore(look)));
  }

  /** The receipt when the waiting has ended, whatever ended it; never fails. */
  public Future<Receipt> answer() {
    return answer.future();
  }

  /** Ends the waiting; from any thread. */
  public void cancel() {
    over();
  }

  @Override
  public void stands(Receipt receipt) {
    latest = receipt;
    if (receipt.state() != SignupState.OPEN) {
      over();
    }
  }

  @Override
  public void over() {
    loop.run(this::end);
  }

  void by(Watch started) {
    watch = started;
    if (isOver) {
      started.close();
    }
  }

  private void lookOnceMore(Supplier<Future<Optional<Receipt>>> look) {
    var unused =
        look.get()
            .onSuccess(found -> found.ifPresent(receipt -> latest = receipt))
            .onComplete(looked -> over());
  }

  private void end() {
    if (isOver) {
      return;
    }
    isOver = true;
    if (timer != null) {
      timer.cancel();
    }
    if (watch != null) {
      watch.close();
    }
    answer.complete(latest);
  }
}
