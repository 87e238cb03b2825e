package dev.usher.gateway;

import dev.usher.gateway.config.InForce;
import java.util.function.Consumer;

/** Tells of changed actions, to a gateway that is built after the watch has begun. */
final class Reload implements Consumer<InForce> {

  private volatile Runnable told = () -> {};

  void tell(Runnable listener) {
    told = listener;
  }

  @Override
  public void accept(InForce changed) {
    told.run();
  }
}
