package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.ActionStatus;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Journal;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.VersionStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The admin port: what operators and their tools ask. Only health needs no token. */
public final class AdminApi {

  private final Pipeline pipeline;
  private final Operations operations;
  private final BulkApi bulk;
  private final AdminDoor door;
  private final Duration idleTimeout;

  /**
   * Builds the API.
   *
   * @param idleTimeout a connection silent for this long is closed
   */
  public AdminApi(Pipeline pipeline, Operations operations, BulkApi bulk, Duration idleTimeout) {
    this.pipeline = pipeline;
    this.idleTimeout = idleTimeout;
    this.operations = operations;
    this.bulk = bulk;
    this.door = new AdminDoor(operations.tokens());
  }

  /** The routes, for one event loop. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    get(router, "/health/live", request -> Future.succeededFuture(up(true)));
    get(router, "/health/ready", this::ready);
    router.route("/admin/*").handler(door::check);
    router.route("/metrics").handler(door::check);
    get(router, "/admin/actions", request -> actions());
    get(router, "/admin/handlers", request -> handlers());
    get(
        router,
        "/admin/totals",
        request -> Future.succeededFuture(AdminJson.totals(pipeline.totals())));
    get(
        router,
        "/admin/config",
        request ->
            Future.succeededFuture(
                Json.mapper().createObjectNode().set("values", operations.config().get())));
    new ActionApi(pipeline, operations.actions()).mount(router);
    new HandlerApi(operations.handlers(), pipeline::handlers, pipeline::isDiskLow).mount(router);
    new BackfillApi(pipeline).mount(router);
    new AuditApi(pipeline).mount(router);
    bulk.mount(router);
    new DeadLetterApi(pipeline).mount(router);
    new ErasureApi(pipeline, operations.macs()).mount(router);
    new AdminFeed(pipeline, this::actions, this::handlers, idleTimeout).mount(router, vertx);
    new VerifyApi(pipeline, operations.macs()).mount(router);
    new JournalApi(operations.journal()).mount(router);
    new SignupApi(pipeline, operations.macs()).mount(router);
    router.route(HttpMethod.GET, "/metrics").handler(this::metrics);
    Answers.otherMethods(router.route("/metrics"), "GET");
    new ApiDocument().mount(router);
    Answers.failures(router);
    return router;
  }

  private void get(
      Router router, String path, Function<RoutingContext, Future<ObjectNode>> answer) {
    router
        .route(HttpMethod.GET, path)
        .handler(
            request -> {
              var unused =
                  answer
                      .apply(request)
                      .onSuccess(json -> Answers.json(request, status(json), json))
                      .onFailure(failure -> Answers.failed(request, failure));
            });
    Answers.otherMethods(router.route(path), "GET");
  }

  /** Only health answers have a status; one that is not up is for load balancers to see. */
  private static int status(ObjectNode json) {
    return json.path("status").asText("up").equals("up") ? 200 : 503;
  }

  private Future<ObjectNode> ready(RoutingContext request) {
    Operations.Cluster cluster = operations.cluster().get();
    Journal.Health journal = pipeline.journalHealth();
    boolean isDiskLow = pipeline.isDiskLow();
    boolean isReady =
        journal == Journal.Health.UP
            && !isDiskLow
            && cluster.members() > 0
            && !pipeline.isDraining();
    ObjectNode json = up(isReady);
    json.put("journal", journal.word());
    json.put("disk", isDiskLow ? "low" : "up");
    if (pipeline.isDraining()) {
      json.put("gateway", "draining");
    }
    json.putObject("cluster").put("name", cluster.name()).put("members", cluster.members());
    ActionControl.Now now = operations.actions().now();
    json.put("config", now.problems().isEmpty() ? "up" : "rejected");
    now.aside().forEach(one -> json.withArray("overridesAside").add(one.action()));
    return pipeline
        .status()
        .map(
            actions -> {
              actions.stream()
                  .filter(ActionStatus::isWithoutHandler)
                  .forEach(action -> json.withArray("withoutHandler").add(action.name()));
              return json;
            });
  }

  private Future<ObjectNode> actions() {
    Future<List<ActionStatus>> actions = pipeline.status();
    Future<List<HandlerStatus>> handlers = pipeline.handlers();
    return Future.all(actions, handlers)
        .map(
            both ->
                AdminJson.actions(operations.actions().now(), actions.result(), handlers.result()));
  }

  private Future<ObjectNode> handlers() {
    Future<List<HandlerStatus>> handlers = pipeline.handlers();
    Future<List<VersionStatus>> versions = pipeline.versions();
    Future<List<Action>> actions = pipeline.actions();
    Future<Set<String>> unused = pipeline.unusedAddresses();
    Future<HandlerDesk.Standing> deployed = operations.handlers().standing();
    return Future.all(handlers, versions, actions, unused, deployed)
        .map(
            all ->
                HandlersJson.of(
                        handlers.result(),
                        new HandlerOrigin(deployed.result().runners()),
                        versions.result(),
                        actions.result(),
                        unused.result())
                    .set("deployed", HandlerJson.deployed(deployed.result())));
  }

  private void metrics(RoutingContext request) {
    var unused =
        operations
            .metrics()
            .get()
            .onSuccess(
                text ->
                    request
                        .response()
                        .putHeader(
                            HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static ObjectNode up(boolean isUp) {
    return Json.mapper().createObjectNode().put("status", isUp ? "up" : "down");
  }
}
