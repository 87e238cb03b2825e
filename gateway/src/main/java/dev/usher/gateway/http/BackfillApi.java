package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Backfill;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Plans an action for past signups, on the admin port. */
final class BackfillApi {

  private static final String PATH = "/admin/actions/:action/backfill";
  private static final int BODY_LIMIT = 64 << 10;

  private final Pipeline pipeline;

  BackfillApi(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  void mount(Router router) {
    router
        .route(HttpMethod.POST, PATH)
        .handler(request -> RequestBody.read(request, BODY_LIMIT, body -> backfill(request, body)));
    Answers.otherMethods(router.route(PATH), "POST");
  }

  private void backfill(RoutingContext request, byte[] body) {
    String name = request.pathParam("action");
    String token = AdminDoor.holder(request);
    var unused =
        pipeline
            .actions()
            .map(actions -> find(name, actions))
            .map(action -> BackfillBody.read(name, action.key(), body, token))
            .compose(pipeline::backfill)
            .onSuccess(report -> Answers.json(request, 200, json(report)))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static Action find(String name, List<Action> actions) {
    return actions.stream()
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    new Problem(
                        404, "no-action", "Nothing was done: there is no action " + name + ".")));
  }

  private static ObjectNode json(Backfill.Report report) {
    ObjectNode json = ReportJson.of(report.matched(), report.done());
    report.next().ifPresent(next -> json.put("next", String.valueOf(next)));
    return json;
  }
}
