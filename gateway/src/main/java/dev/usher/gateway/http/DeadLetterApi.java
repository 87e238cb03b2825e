package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.DeadLetter;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.Repair;
import dev.usher.gateway.pipeline.Repairs;
import io.vertx.core.Future;
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
  private final KnownActions known;

  DeadLetterApi(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.known = new KnownActions(pipeline);
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
          known
              .check(query.filter().action())
              .compose(action -> pipeline.deadLetters(query.filter(), query.after(), limit))
              .compose(letters -> page(query, letters, letters.size() == limit))
              .onSuccess(json -> Answers.json(request, 200, json))
              .onFailure(failure -> Answers.failed(request, failure));
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  /** All of them are counted with the first page only: that takes long where there are many. */
  private Future<ObjectNode> page(
      DeadLetterQuery query, List<DeadLetter> letters, boolean hasMore) {
    if (!query.isFirst()) {
      return Future.succeededFuture(DeadLetterJson.page(letters, hasMore));
    }
    return pipeline
        .deadLetterGroups(query.filter())
        .map(groups -> DeadLetterJson.page(groups, letters, hasMore));
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
    Repairs.Order order = RepairBody.read(repair, body, AdminDoor.holder(request));
    var unused =
        known
            .check(order.filter().action())
            .compose(action -> pipeline.repair(order))
            .onSuccess(report -> Answers.json(request, 200, DeadLetterJson.report(report)))
            .onFailure(failure -> Answers.failed(request, failure));
  }
}
