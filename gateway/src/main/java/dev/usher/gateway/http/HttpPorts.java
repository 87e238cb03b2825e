package dev.usher.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The gateway's two listening ports. The public one is served by every event loop. */
public final class HttpPorts {

  /** A request under way at shutdown gets this long. */
  private static final long CLOSE_SECONDS = 2;

  /**
   * A negative port is a free one that all who listen on the same number share. With 0 each event
   * loop would get a port of its own.
   */
  private static final int FREE_PUBLIC = -1;

  private static final int FREE_ADMIN = -2;

  private static final String PUBLIC = "public";
  private static final int MAX_LINE_BYTES = 4_096;
  private static final int MAX_HEADER_BYTES = 8_192;

  private final Vertx vertx;
  private final int loops;
  private final PublicApi publicApi;
  private final AdminApi adminApi;
  private final ConnectionRules rules;
  private final AtomicInteger open = new AtomicInteger();
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private volatile int publicPort;
  private volatile int adminPort;

  /**
   * Opens nothing yet.
   *
   * @param loops how many event loops serve the public port
   * @param rules how long and how many connections may last
   */
  public HttpPorts(
      Vertx vertx, int loops, PublicApi publicApi, AdminApi adminApi, ConnectionRules rules) {
    this.vertx = vertx;
    this.loops = loops;
    this.publicApi = publicApi;
    this.adminApi = adminApi;
    this.rules = rules;
  }

  /** Listens on both; port 0 takes a free one. Fails with a message for people. */
  public Future<Void> open(String publicHost, int publicAt, String adminHost, int adminAt) {
    return open(
        options(publicHost, publicAt == 0 ? FREE_PUBLIC : publicAt),
        options(adminHost, adminAt == 0 ? FREE_ADMIN : adminAt));
  }

  private Future<Void> open(HttpServerOptions publicOptions, HttpServerOptions adminOptions) {
    return listen("admin", adminApi::router, adminOptions, 1)
        .onSuccess(port -> adminPort = port)
        .compose(port -> listen(PUBLIC, publicApi::router, publicOptions, loops))
        .onSuccess(port -> publicPort = port)
        .mapEmpty();
  }

  /** The public port listened on. */
  public int publicPort() {
    return publicPort;
  }

  /** The admin port listened on. */
  public int adminPort() {
    return adminPort;
  }

  /** Lets requests under way end, then closes both. */
  public Future<Void> close() {
    return Future.join(
            servers.stream().map(one -> one.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS)).toList())
        .mapEmpty();
  }

  private Future<Integer> listen(
      String name, Function<Vertx, Router> router, HttpServerOptions options, int instances) {
    AtomicInteger port = new AtomicInteger();
    return vertx
        .deployVerticle(
            () -> new Port(name, router, options, port::set),
            new DeploymentOptions().setInstances(instances))
        .map(deployed -> port.get());
  }

  private HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setIdleTimeout(Math.toIntExact(rules.idleTimeout().toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setHttp2ClearTextEnabled(false)
        // Nobody upgrades here, and their handlers would see every request and answer.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  /** One listener on one event loop. */
  private final class Port extends VerticleBase {

    private final String name;
    private final Function<Vertx, Router> router;
    private final HttpServerOptions options;
    private final IntConsumer opened;

    Port(
        String name,
        Function<Vertx, Router> router,
        HttpServerOptions options,
        IntConsumer opened) {
      this.name = name;
      this.router = router;
      this.options = options;
      this.opened = opened;
    }

    @Override
    public Future<?> start() {
      return server(vertx.createHttpServer(options))
          .invalidRequestHandler(HttpPorts.this::invalid)
          .listen()
          .onSuccess(servers::add)
          .onSuccess(server -> opened.accept(server.actualPort()))
          .recover(failure -> Future.failedFuture(inWords(failure)));
    }

    /** Imports and feeds on the admin port last as long as they like; its clients have a token. */
    private HttpServer server(HttpServer server) {
      Router routes = router.apply(vertx);
      return name.equals(PUBLIC)
          ? new Connections(vertx, open, rules.most(), rules.requestTimeout())
              .watch(server, options, routes)
          : server.connectionHandler(this::strictly).requestHandler(routes);
    }

    private void strictly(HttpConnection connection) {
      var unused = StrictDecoder.install(connection, options, () -> close(connection));
    }

    private IllegalStateException inWords(Throwable failure) {
      int port = Math.max(0, options.getPort());
      return new IllegalStateException(
          "the "
              + name
              + " port can't listen on "
              + options.getHost()
              + ":"
              + port
              + ": "
              + failure.getMessage()
              + "; stop what listens there or choose another port",
          failure);
    }
  }

  private static void close(HttpConnection connection) {
    var unused = connection.close();
  }

  /** What is no HTTP at all, or too long to be worth reading, never reaches a router. */
  private void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String name = cause == null ? "" : cause.getClass().getSimpleName();
    int status =
        switch (name) {
          case "TooLongHttpLineException" -> HttpResponseStatus.REQUEST_URI_TOO_LONG.code();
          case "TooLongHttpHeaderException" ->
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE.code();
          case "UnknownVersion" -> HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED.code();
          default -> HttpResponseStatus.BAD_REQUEST.code();
        };
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
            .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
            .end(Problem.of(status).body())
            .onComplete(answered -> Unread.closeSoon(vertx, request.connection()));
  }
}
