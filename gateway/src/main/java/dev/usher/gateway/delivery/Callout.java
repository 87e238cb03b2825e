package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Connections to webhooks. A name is resolved once for each attempt, what it resolves to is
 * checked, and exactly that is connected to, so that a name server can't say one thing to the check
 * and another to the connection; TLS and the {@code Host} header still go by the name. Each address
 * has a pool of connections of its own. Lives on the loop.
 */
final class Callout {

  /** As many as an action's concurrency can be: that is the limit. */
  private static final int MAX_CONNECTIONS = 10_000;

  /**
   * Under the 5 s after which Node and others close an idle connection: a request that meets the
   * closing has an unknown outcome.
   */
  private static final int KEEP_ALIVE_SECONDS = 4;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;
  private final HostNames names;
  private final CallRules rules;

  /**
   * Opens nothing yet.
   *
   * @param options what is special about its connections
   */
  Callout(Vertx vertx, HostNames.Resolver resolver, CallRules rules, HttpClientOptions options) {
    this.names = new HostNames(vertx, resolver);
    this.rules = rules;
    this.client =
        vertx.createHttpClient(
            options.setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
            new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
  }

  /** A request on a connection, nothing of which is sent yet. */
  Future<HttpClientRequest> connect(Webhook webhook, Attempt attempt) {
    return rules
        .fault(webhook)
        .<Future<HttpClientRequest>>map(Callout::refused)
        .orElseGet(
            () ->
                names
                    .resolve(HostNames.bare(webhook))
                    .compose(addresses -> connect(webhook, attempt, addresses)));
  }

  void close() {
    var unused = client.close();
    names.close();
  }

  private Future<HttpClientRequest> connect(
      Webhook webhook, Attempt attempt, List<InetAddress> addresses) {
    Optional<String> fault = rules.fault(addresses);
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    // Where one of several addresses is dead, the next attempt finds another.
    InetAddress address = addresses.get((attempt.number() - 1) % addresses.size());
    return client.request(options(webhook, attempt, address));
  }

  private static RequestOptions options(Webhook webhook, Attempt attempt, InetAddress address) {
    Duration timeout = attempt.timeout();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, webhook.port())))
        .setHost(webhook.url().getHost())
        .setPort(webhook.port())
        .setSsl(webhook.isEncrypted())
        .setURI(path(webhook.url()))
        .setFollowRedirects(false)
        .setConnectTimeout(Math.min(timeout.toMillis(), CONNECT_TIMEOUT.toMillis()));
  }

  private static String path(URI url) {
    @Nullable String query = url.getRawQuery();
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return query == null ? path : path + "?" + query;
  }

  private static Future<HttpClientRequest> refused(String why) {
    return Future.failedFuture(new ConnectException(why));
  }
}
