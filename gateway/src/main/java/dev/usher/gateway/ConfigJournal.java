package dev.usher.gateway;

import dev.usher.gateway.config.ConfigRecord;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Journal;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Keeps configurations in the journal, which is opened after the first one was read. */
final class ConfigJournal implements ConfigRecord {

  private static final long PATIENCE_SECONDS = 10;

  private volatile @Nullable Journal journal;

  void open(Journal opened) {
    journal = opened;
  }

  @Override
  public void keep(Change.Configure change) throws IOException {
    Journal open = journal;
    if (open == null) {
      throw new IOException("the journal is not open yet");
    }
    try {
      var unused =
          open.write(change)
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the journal did not take it: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the gateway is shutting down", e);
    }
  }
}
