package dev.usher.gateway;

import dev.usher.gateway.journal.CommitListener;
import dev.usher.gateway.metrics.GatewayMetrics;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.gateway.pipeline.Pipeline;
import org.jspecify.annotations.Nullable;

/** Takes the journal's news to parts that are built after it. */
final class JournalNews implements CommitListener {

  private final Loop loop;
  private volatile @Nullable GatewayMetrics metrics;
  private volatile @Nullable Pipeline pipeline;

  JournalNews(Loop loop) {
    this.loop = loop;
  }

  void tell(GatewayMetrics counted, Pipeline resumed) {
    metrics = counted;
    pipeline = resumed;
  }

  @Override
  public void committed(int changes, long nanos) {
    GatewayMetrics known = metrics;
    if (known != null) {
      known.committed(changes, nanos);
    }
  }

  @Override
  public void reopened() {
    Pipeline known = pipeline;
    if (known != null) {
      loop.run(
          () -> {
            var unused = known.resume();
          });
    }
  }
}
