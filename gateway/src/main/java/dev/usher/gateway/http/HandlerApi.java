package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.DeployRefused;
import dev.usher.gateway.pipeline.HandlerStatus;
import dev.usher.gateway.pipeline.Overloaded;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One hot-deployed handler on the admin port: sent, looked at, and what is said of it. */
final class HandlerApi {

  private static final String PATH = "/admin/handlers/:name";
  private static final int LINES = 200;
  private static final int MAX_LINES = 1_000;

  /** Each may take as much of the disk as a file may be long, before it is known to be any good. */
  private static final int UPLOADS = 2;

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final HandlerDesk desk;
  private final Supplier<Future<List<HandlerStatus>>> instances;
  private final BooleanSupplier isDiskLow;
  private final Seats uploads = new Seats(UPLOADS);

  /**
   * Builds the API.
   *
   * @param instances who serves, deployed or not
   * @param isDiskLow whether what room is left is kept for signups
   */
  HandlerApi(
      HandlerDesk desk,
      Supplier<Future<List<HandlerStatus>>> instances,
      BooleanSupplier isDiskLow) {
    this.desk = desk;
    this.instances = instances;
    this.isDiskLow = isDiskLow;
  }

  void mount(Router router) {
    router.route(HttpMethod.PUT, PATH).handler(this::put);
    router.route(HttpMethod.GET, PATH).handler(this::get);
    router
        .route(HttpMethod.DELETE, PATH)
        .handler(request -> carryOut(request, HandlerDesk.Deed.UNDEPLOY));
    Answers.otherMethods(router.route(PATH), "GET, PUT, DELETE");
    deed(router, "/promote", HandlerDesk.Deed.PROMOTE);
    deed(router, "/rollback", HandlerDesk.Deed.ROLLBACK);
    router.route(HttpMethod.GET, PATH + "/logs").handler(this::logs);
    Answers.otherMethods(router.route(PATH + "/logs"), "GET");
  }

  private void deed(Router router, String path, HandlerDesk.Deed deed) {
    router.route(HttpMethod.POST, PATH + path).handler(request -> carryOut(request, deed));
    Answers.otherMethods(router.route(PATH + path), "POST");
  }

  /** Refused before a byte is read, where that can be known. */
  private void put(RoutingContext request) {
    try {
      HandlerDesk.Order order = DeployRequest.of(request);
      if (Unread.declaredLength(request.request()) > desk.maxBytes()) {
        throw new Refused(UploadedFile.tooLarge(desk.maxBytes()));
      }
      if (isDiskLow.getAsBoolean()) {
        throw new Refused(
            new Problem(503, "disk", "The disk is nearly full; what is left is for signups."));
      }
      receive(request, order);
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private void receive(RoutingContext request, HandlerDesk.Order order) {
    if (!uploads.take()) {
      Answers.failed(request, new Overloaded(UPLOADS + " files are on their way already", RETRY));
      return;
    }
    if (!RequestBody.isToContinue(request)) {
      uploads.giveBack();
      return;
    }
    request.request().pause();
    // The place is made elsewhere; the request's own event loop reads on.
    Context context = request.vertx().getOrCreateContext();
    var unused =
        desk.room().onComplete(room -> context.runOnContext(turn -> receive(request, order, room)));
  }

  private void receive(RoutingContext request, HandlerDesk.Order order, AsyncResult<Path> room) {
    if (room.failed()) {
      uploads.giveBack();
      request.request().resume();
      Answers.failed(request, room.cause());
      return;
    }
    Path file = room.result();
    UploadedFile.receive(
        request,
        file,
        desk.maxBytes(),
        new UploadedFile.Ends() {
          @Override
          public void whole() {
            deploy(request, order, file);
          }

          @Override
          public void broken() {
            uploads.giveBack();
            desk.drop(file);
          }
        });
  }

  private void deploy(RoutingContext request, HandlerDesk.Order order, Path file) {
    var unused =
        desk.deploy(order, file)
            .onComplete(ended -> uploads.giveBack())
            .compose(
                deployed -> warnings(order).onSuccess(known -> deployed(request, deployed, known)))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  /** Where it is said, or was so far: what else it will serve, nobody knows before it runs. */
  private Future<List<String>> warnings(HandlerDesk.Order order) {
    return desk.standing()
        .compose(
            standing ->
                warnings(
                    order.name(),
                    order.address().isEmpty()
                        ? HandlerJson.addresses(standing, order.name())
                        : Set.of(order.address())))
        // It is deployed all the same.
        .otherwise(List.of());
  }

  private Future<List<String>> warnings(String name, Set<String> addresses) {
    return addresses.isEmpty()
        ? Future.succeededFuture(List.of())
        : instances.get().map(all -> SharedAddress.warnings(name, addresses, all));
  }

  private static void deployed(
      RoutingContext request, HandlerDesk.Deployed deployed, List<String> warnings) {
    Artefact version = deployed.version();
    request.response().putHeader(HttpHeaders.LOCATION, "/admin/handlers/" + version.name());
    boolean isDecided = !deployed.isNew() && version.state() == Artefact.State.CURRENT;
    ObjectNode json =
        HandlerJson.version(version)
            .put("new", deployed.isNew())
            .put("runners", deployed.runners());
    Answers.json(request, isDecided ? 200 : 202, HandlerJson.warned(json, warnings));
  }

  private void get(RoutingContext request) {
    answer(request, 200, Future.succeededFuture());
  }

  private void carryOut(RoutingContext request, HandlerDesk.Deed deed) {
    answer(request, 202, desk.carryOut(deed, request.pathParam("name"), AdminDoor.holder(request)));
  }

  private void answer(RoutingContext request, int status, Future<Void> done) {
    String name = request.pathParam("name");
    var unused =
        done.compose(carriedOut -> desk.standing())
            .compose(standing -> whole(standing, name))
            .onSuccess(json -> Answers.json(request, status, json))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private Future<ObjectNode> whole(HandlerDesk.Standing standing, String name) {
    ObjectNode json = HandlerJson.handler(standing, name).orElseThrow(() -> unknown(name));
    return warnings(name, HandlerJson.addresses(standing, name))
        .map(warnings -> HandlerJson.warned(json, warnings));
  }

  private void logs(RoutingContext request) {
    try {
      int lines = lines(request);
      var unused =
          desk.logs(request.pathParam("name"), lines)
              .onSuccess(logs -> Answers.json(request, 200, HandlerJson.logs(logs)))
              .onFailure(failure -> Answers.failed(request, failure));
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private static int lines(RoutingContext request) {
    String text =
        Parameters.of(request.queryParams(), "lines").find("lines").orElse(String.valueOf(LINES));
    int lines = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (lines < 1 || lines > MAX_LINES) {
      throw Parameters.refused("lines", "must be a number from 1 to " + MAX_LINES);
    }
    return lines;
  }

  private static DeployRefused unknown(String name) {
    return new DeployRefused(
        DeployRefused.Kind.UNKNOWN, "no-handler", "no handler " + name + " was ever deployed");
  }
}
