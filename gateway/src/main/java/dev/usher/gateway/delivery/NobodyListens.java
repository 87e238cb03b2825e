package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Invoker.Listener;

/** Before the pipeline listens there is nothing in flight to end. */
final class NobodyListens implements Listener {
  @Override
  public void ended(Attempt attempt, Ending ending) {}

  @Override
  public void endedLate(String delivery, int attempt, Ending ending) {}

  @Override
  public void hasCapacity(String address) {}

  @Override
  public void hasNewTracks(String address) {}
}
