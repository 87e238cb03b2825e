package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Rate;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many signups one client may send: a bucket of tokens per client that holds those of one
 * period and fills up evenly. Only the clients that came last are remembered, so that memory is
 * bounded; who is forgotten begins with a full bucket. Safe on any thread.
 */
final class ClientLimit {

  /** Some 10 MB of clients. */
  private static final int MOST_CLIENTS = 65_536;

  private final ClientAddress addresses;
  private final long paceNanos;
  private final long burstNanos;
  private final LongSupplier nanos;
  private final Map<String, Long> fullAt;

  ClientLimit(Rate rate, List<String> proxies) {
    this(rate, proxies, MOST_CLIENTS, System::nanoTime);
  }

  ClientLimit(Rate rate, List<String> proxies, int mostClients, LongSupplier nanos) {
    this.addresses = new ClientAddress(proxies);
    this.paceNanos = Math.max(1, rate.per().toNanos() / rate.count());
    this.burstNanos = rate.per().toNanos();
    this.nanos = nanos;
    this.fullAt = new Latest(mostClients);
  }

  /** Lets a request pass, or ends it with 429. */
  boolean passes(RoutingContext request) {
    Duration wait = take(addresses.of(request.request()));
    if (wait.isZero()) {
      return true;
    }
    long seconds = wait.plusMillis(999).toSeconds();
    request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    Answers.problem(
        request,
        new Problem(429, "too-many", "Too many signups from your address; see Retry-After."));
    return false;
  }

  /** Takes a token; answers how long to wait where there is none. */
  Duration take(String client) {
    synchronized (fullAt) {
      long now = nanos.getAsLong();
      Long known = fullAt.get(client);
      long full = known == null || known - now < 0 ? now : known;
      long wait = full + paceNanos - now - burstNanos;
      if (wait > 0) {
        return Duration.of(wait, TimeUnit.NANOSECONDS.toChronoUnit());
      }
      fullAt.put(client, full + paceNanos);
      return Duration.ZERO;
    }
  }

  /** Forgets who has not come for the longest time. */
  private static final class Latest extends LinkedHashMap<String, Long> {

    private static final long serialVersionUID = 1;

    private final int most;

    Latest(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
      return size() > most;
    }
  }
}
