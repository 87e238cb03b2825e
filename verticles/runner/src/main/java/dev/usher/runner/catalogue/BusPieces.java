package dev.usher.runner.catalogue;

import dev.usher.wire.Addresses;
import dev.usher.wire.ArtefactRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Asks the gateway over the event bus, one piece at a time. For threads that may block. */
public final class BusPieces implements Pieces {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;

  /** Those of the cluster of this Vert.x. */
  public BusPieces(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public byte[] get(String gateway, ArtefactRequest request) throws IOException {
    try {
      return vertx
          .eventBus()
          .<Buffer>request(
              Addresses.artefacts(gateway),
              request.toJson(),
              new DeliveryOptions().setSendTimeout(LIMIT.toMillis()))
          .toCompletionStage()
          .toCompletableFuture()
          .get()
          .body()
          .getBytes();
    } catch (ExecutionException e) {
      throw new IOException(why(gateway, e.getCause()), e);
    } catch (InterruptedException e) {
      throw new IOException("the runner ends", e);
    }
  }

  private static String why(String gateway, @Nullable Throwable failure) {
    return failure instanceof ReplyException answer
        ? switch (answer.failureType()) {
          case NO_HANDLERS -> "gateway " + gateway + " is not there";
          case TIMEOUT ->
              "gateway " + gateway + " has not answered for " + LIMIT.toSeconds() + " s";
          default -> "gateway " + gateway + " says: " + answer.getMessage();
        }
        : String.valueOf(failure);
  }
}
