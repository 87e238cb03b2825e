package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the machine's resolver for the addresses of a name, on threads of its own as that blocks. A
 * name that is slow to resolve holds one thread, however many attempts wait for it. Lives on the
 * loop.
 */
final class HostNames {

  /** So many names can hang at once before others wait for them. */
  private static final int THREADS = 8;

  private final Resolver resolver;
  private final WorkerExecutor threads;
  private final Map<String, Future<List<InetAddress>>> asked = new HashMap<>();

  /** Finds the addresses of a name, or of an address written out. Blocks. */
  @FunctionalInterface
  interface Resolver {

    /** What the Java platform does, with its cache of half a minute. */
    Resolver OF_THE_MACHINE = InetAddress::getAllByName;

    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  HostNames(Vertx vertx, Resolver resolver) {
    this.resolver = resolver;
    this.threads = vertx.createSharedWorkerExecutor("usher-host-names", THREADS);
  }

  /** The addresses of a host, at least one. */
  Future<List<InetAddress>> resolve(String host) {
    Future<List<InetAddress>> known = asked.get(host);
    return known == null ? ask(host) : known;
  }

  /** The host of a webhook as a resolver knows it: an IPv6 address in a URL has brackets. */
  static String bare(Webhook webhook) {
    String host = webhook.url().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  void close() {
    var unused = threads.close();
  }

  private Future<List<InetAddress>> ask(String host) {
    Future<List<InetAddress>> answer =
        threads.executeBlocking(() -> List.of(resolver.resolve(host)), false);
    asked.put(host, answer);
    return answer.onComplete(answered -> asked.remove(host));
  }
}
