package dev.usher.runner.catalogue;

import dev.usher.wire.Addresses;
import dev.usher.wire.Announcement;
import dev.usher.wire.Catalogue;
import dev.usher.wire.RunnerReport;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runner's end of what gateways and runners say to each other: hears catalogues, and publishes
 * the runner's report whenever it changes and every {@link Announcement#EVERY_MS}.
 */
public final class GatewayLink extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayLink.class);

  private final Consumer<Catalogue> heard;
  private final Supplier<RunnerReport> report;
  private final AtomicBoolean isDue = new AtomicBoolean();

  /**
   * A link to be deployed.
   *
   * @param heard told of each catalogue, on the event loop
   * @param report what is to be published at this moment
   */
  public GatewayLink(Consumer<Catalogue> heard, Supplier<RunnerReport> report) {
    this.heard = heard;
    this.report = report;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(Announcement.EVERY_MS, timer -> publish());
    return vertx
        .eventBus()
        .consumer(Addresses.CATALOGUE, message -> hear(message.body()))
        .completion()
        .onSuccess(registered -> publish());
  }

  /** The report has changed. From any thread; changes that come together are told together. */
  public void changed() {
    if (isDue.compareAndSet(false, true)) {
      context.runOnContext(now -> publish());
    }
  }

  private void publish() {
    isDue.set(false);
    vertx.eventBus().publish(Addresses.RUNNERS, report.get().toJson());
  }

  private void hear(Object body) {
    try {
      if (body instanceof JsonObject json) {
        heard.accept(Catalogue.fromJson(json));
      }
    } catch (RuntimeException unreadable) {
      LOG.warn("drops a message that is no catalogue: {}", unreadable.toString());
    }
  }
}
