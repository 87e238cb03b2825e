package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The journal's file on the admin port: its numbers, and backups of it. */
final class JournalApi {

  private static final String PATH = "/admin/journal";
  private static final String BACKUPS = PATH + "/backups";
  private static final String ONE = BACKUPS + "/:name";

  private final JournalDesk desk;

  JournalApi(JournalDesk desk) {
    this.desk = desk;
  }

  void mount(Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::stats);
    Answers.otherMethods(router.route(PATH), "GET");
    router.route(HttpMethod.POST, BACKUPS).handler(this::begin);
    Answers.otherMethods(router.route(BACKUPS), "POST");
    router.route(HttpMethod.GET, ONE).handler(this::backup);
    Answers.otherMethods(router.route(ONE), "GET");
  }

  private void stats(RoutingContext request) {
    var unused =
        desk.stats()
            .onSuccess(json -> Answers.json(request, 200, json))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  /** A large journal takes longer than a client waits for an answer. */
  private void begin(RoutingContext request) {
    var unused =
        desk.begin(AdminDoor.holder(request))
            .onSuccess(name -> begun(request, name))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private void begun(RoutingContext request, String name) {
    request.response().putHeader(HttpHeaders.LOCATION, BACKUPS + "/" + name);
    JsonNode json = desk.backup(name).orElseGet(Json.mapper()::createObjectNode);
    Answers.json(request, 202, json);
  }

  private void backup(RoutingContext request) {
    desk.backup(request.pathParam("name"))
        .ifPresentOrElse(
            json -> Answers.json(request, 200, json),
            () ->
                Answers.problem(
                    request,
                    new Problem(404, "not-found", "This gateway made no backup of that name.")));
  }
}
