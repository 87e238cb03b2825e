package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.Repair;
import dev.usher.gateway.pipeline.Repairs;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Dead letters on the admin port: listed, counted, and sent round again, given up or marked done.
 */
final class DeadLetterApi {

  private static final String PATH = "/admin/dead-letters";
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  /** Thousands of delivery ids fit. */
  private static final int BODY_LIMIT = 1 << 20;

  private final Pipeline pipeline;

  DeadLetterApi(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  void mount(Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::list);
    Answers.otherMethods(router.route(PATH), "GET");
    for (Repair repair : Repair.values()) {
      String path = PATH + "/" + repair.word();
      router.route(HttpMethod.POST, path).handler(request -> repair(request, repair));
      Answers.otherMethods(router.route(path), "POST");
    }
  }

  private void list(RoutingContext request) {
    try {
      DeadLetterQuery query = new DeadLetterQuery(request.queryParams());
      int limit = query.limit(PAGE, MAX_PAGE);
      var unused =
          pipeline
              .deadLetters(query.filter(), query.after(), limit)
              .compose(
                  letters ->
                      pipeline
                          .deadLetterGroups()
                          .map(groups -> page(letters, groups, letters.size() == limit)))
              .onSuccess(json -> Answers.json(request, 200, json))
              .onFailure(failure -> Answers.failed(request, failure));
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private void repair(RoutingContext request, Repair repair) {
    RequestBody.read(
        request,
        BODY_LIMIT,
        body -> {
          try {
            repair(request, repair, body);
          } catch (Refused refused) {
            Answers.problem(request, refused.problem());
          }
        });
  }

  private void repair(RoutingContext request, Repair repair, byte[] body) {
    var unused =
        pipeline
            .repair(RepairBody.read(repair, body, AdminDoor.holder(request)))
            .onSuccess(report -> Answers.json(request, 200, report(report)))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static ObjectNode report(Repairs.Report report) {
    ObjectNode json = ReportJson.of(report.matched(), report.done());
    report.next().ifPresent(next -> json.put("next", DeadLetterQuery.cursor(next)));
    return json;
  }

  private static ObjectNode page(
      List<DeadLetter> letters, List<DeadLetter.Group> groups, boolean hasMore) {
    ObjectNode json = Json.mapper().createObjectNode();
    var counts = json.putArray("groups");
    for (DeadLetter.Group group : groups) {
      counts
          .addObject()
          .put("action", group.action())
          .put("cause", group.cause().word())
          .put("count", group.count())
          .put("oldest", group.oldest().toString());
    }
    var list = json.putArray("deadLetters");
    letters.forEach(letter -> list.add(letter(letter)));
    if (hasMore) {
      json.put("next", DeadLetterQuery.cursor(letters.get(letters.size() - 1).position()));
    }
    return json;
  }

  private static ObjectNode letter(DeadLetter letter) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("id", letter.id())
        .put("signup", letter.signup())
        .put("action", letter.action())
        .put("required", letter.required())
        .put("cause", letter.cause().word())
        .put("at", letter.at().toString())
        .put("attempts", letter.attempts());
    letter.outcome().ifPresent(outcome -> json.put("outcome", outcome.word()));
    return json.put("reason", letter.reason());
  }
}
