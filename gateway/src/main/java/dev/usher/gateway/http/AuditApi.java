package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What people did, on the admin port. */
final class AuditApi {

  private static final String PATH = "/admin/audit";
  private static final int PAGE = 100;
  private static final int MAX_PAGE = 1_000;

  private final Pipeline pipeline;

  AuditApi(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  void mount(Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::list);
    Answers.otherMethods(router.route(PATH), "GET");
  }

  private void list(RoutingContext request) {
    int limit;
    AuditEntry.Filter filter;
    long before;
    try {
      Parameters query =
          Parameters.of(request.queryParams(), "token", "verb", "since", "limit", "after");
      limit = query.limit(PAGE, MAX_PAGE);
      filter =
          new AuditEntry.Filter(query.find("token"), query.find("verb"), query.instant("since"));
      before = query.after().orElse(Long.MAX_VALUE);
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
      return;
    }
    var unused =
        pipeline
            .audit(filter, before, limit)
            .onSuccess(
                entries -> Answers.json(request, 200, page(entries, entries.size() == limit)))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static ObjectNode page(List<AuditEntry> entries, boolean hasMore) {
    ObjectNode json = Json.mapper().createObjectNode();
    var list = json.putArray("entries");
    for (AuditEntry entry : entries) {
      list.addObject()
          .put("at", entry.at().toString())
          .put("token", entry.token())
          .put("verb", entry.verb())
          .put("detail", entry.detail());
    }
    if (hasMore) {
      json.put("next", String.valueOf(entries.get(entries.size() - 1).no()));
    }
    return json;
  }
}
