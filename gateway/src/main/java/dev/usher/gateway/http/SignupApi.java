package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Cancellation;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.SignupHistory;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Signups on the admin port: found, told with all that happened to them, cancelled. */
final class SignupApi {

  private static final String PATH = "/admin/signups";
  private static final String ONE = PATH + "/:id";
  private static final String CANCEL = ONE + "/cancel";
  private static final int BODY_LIMIT = 4 << 10;

  /** The latest things that people did to a signup. */
  private static final int DEEDS = 50;

  private final Pipeline pipeline;
  private final KnownActions known;
  private final Macs macs;

  SignupApi(Pipeline pipeline, Macs macs) {
    this.pipeline = pipeline;
    this.known = new KnownActions(pipeline);
    this.macs = macs;
  }

  void mount(Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::list);
    Answers.otherMethods(router.route(PATH), "GET, POST, DELETE");
    router.route(HttpMethod.GET, ONE).handler(this::history);
    Answers.otherMethods(router.route(ONE), "GET, DELETE");
    router.route(HttpMethod.POST, CANCEL).handler(this::cancel);
    Answers.otherMethods(router.route(CANCEL), "POST");
  }

  private void list(RoutingContext request) {
    try {
      SignupQuery query = new SignupQuery(request.queryParams(), macs);
      var unused =
          known
              .check(query.filter().action())
              .compose(action -> pipeline.signups(query.filter(), query.before(), query.limit()))
              .onSuccess(page -> Answers.json(request, 200, HistoryJson.page(page)))
              .onFailure(failure -> Answers.failed(request, failure));
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private void history(RoutingContext request) {
    answer(request, pipeline.history(request.pathParam("id")).compose(this::withDeeds));
  }

  /** What people did to it is in the audit, by its id; an id that nobody has is not looked for. */
  private Future<Optional<ObjectNode>> withDeeds(Optional<SignupHistory.View> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    SignupHistory.View view = found.get();
    return pipeline
        .audit(AuditEntry.Filter.about(view.receipt().id()), Long.MAX_VALUE, DEEDS)
        .map(deeds -> Optional.of(HistoryJson.of(view, deeds)));
  }

  /** The body is optional: {@code {"reason": "…"}}. */
  private void cancel(RoutingContext request) {
    RequestBody.read(
        request,
        BODY_LIMIT,
        body -> {
          try {
            cancel(request, reason(body));
          } catch (Refused refused) {
            Answers.problem(request, refused.problem());
          }
        });
  }

  private void cancel(RoutingContext request, String reason) {
    Cancellation order =
        new Cancellation(
            request.pathParam("id"),
            Parameters.of(request.queryParams(), "action").find("action"),
            AdminDoor.holder(request),
            reason);
    answer(request, pipeline.cancel(order).map(report -> report.map(SignupApi::report)));
  }

  private static String reason(byte[] body) {
    if (body.length == 0) {
      return "";
    }
    JsonNode reason = SignupBody.json(body).path("reason");
    if (reason.isMissingNode() || reason.isNull()) {
      return "";
    }
    if (!reason.isTextual() || reason.textValue().length() > Reason.MAX) {
      throw Parameters.refused("reason", "must be a text of at most " + Reason.MAX + " characters");
    }
    return reason.textValue();
  }

  private static ObjectNode report(Cancellation.Report report) {
    ObjectNode json = ReportJson.of(report.matched(), report.done());
    return json.set("signup", ReceiptJson.of(report.receipt()));
  }

  private static void answer(RoutingContext request, Future<Optional<ObjectNode>> answer) {
    var unused =
        answer
            .onSuccess(
                found ->
                    found.ifPresentOrElse(
                        json -> Answers.json(request, 200, json),
                        () -> Answers.problem(request, notFound())))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static Problem notFound() {
    return new Problem(404, "not-found", "There is no such signup, or it owes no such action.");
  }
}
