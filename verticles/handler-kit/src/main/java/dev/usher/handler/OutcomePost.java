package dev.usher.handler;

import dev.usher.wire.Addresses;
import dev.usher.wire.OutcomeFrame;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends outcomes to the gateways that wait for them. Those that end in the same turn of the event
 * loop share a frame for each gateway; none waits for more to come. For the instance's event loop.
 */
final class OutcomePost {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomePost.class);

  private final Vertx vertx;
  private final Context loop;
  private final String instance;
  private Map<String, List<OutcomeFrame.Item>> waiting = new HashMap<>();
  private int writing;
  private int unwritten;
  private Promise<Void> written = Promise.promise();

  OutcomePost(Vertx vertx, Context loop, String instance) {
    this.vertx = vertx;
    this.loop = loop;
    this.instance = instance;
  }

  void send(String gateway, OutcomeFrame.Item outcome) {
    if (waiting.isEmpty()) {
      loop.runOnContext(nothing -> flush());
    }
    waiting.computeIfAbsent(gateway, any -> new ArrayList<>()).add(outcome);
  }

  /** Done when everything handed over so far has been written to the network, or could not be. */
  Future<Void> flushed() {
    flush();
    written = Promise.promise();
    completeIfWritten();
    return written.future();
  }

  /** Outcomes that could not be written to the network: their gateway does not know them. */
  int unwritten() {
    return unwritten;
  }

  private void flush() {
    Map<String, List<OutcomeFrame.Item>> ready = waiting;
    waiting = new HashMap<>();
    ready.forEach(this::write);
  }

  private void write(String gateway, List<OutcomeFrame.Item> outcomes) {
    writing++;
    send(gateway, new OutcomeFrame(instance, outcomes).encode())
        .onComplete(
            result -> {
              if (result.failed()) {
                LOG.warn(
                    "{} outcomes did not reach gateway {}: it will count them as lost",
                    outcomes.size(),
                    gateway);
              }
              int failed = result.failed() ? outcomes.size() : 0;
              loop.runOnContext(nothing -> wrote(failed));
            });
  }

  /** The bus throws where a connection ends while it is made; the other gateways are served. */
  private Future<Void> send(String gateway, Buffer frame) {
    try {
      return vertx.eventBus().<Buffer>sender(Addresses.outcomes(gateway)).write(frame);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void wrote(int failed) {
    writing--;
    unwritten += failed;
    completeIfWritten();
  }

  private void completeIfWritten() {
    if (writing == 0) {
      written.tryComplete();
    }
  }
}
