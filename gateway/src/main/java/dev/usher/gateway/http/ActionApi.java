package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.settings.InvalidSettings;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.NoSuchElementException;
import java.util.Optional;

/** One action on the admin port: changed over the file, and given back to the file. */
final class ActionApi {

  private static final String PATH = "/admin/actions/:action";
  private static final int BODY_LIMIT = 64 << 10;

  private final Pipeline pipeline;
  private final ActionControl control;

  ActionApi(Pipeline pipeline, ActionControl control) {
    this.pipeline = pipeline;
    this.control = control;
  }

  void mount(Router router) {
    body(router, HttpMethod.PUT, ActionControl.Deed.PUT);
    body(router, HttpMethod.PATCH, ActionControl.Deed.PATCH);
    router
        .route(HttpMethod.DELETE, PATH)
        .handler(request -> change(request, ActionControl.Deed.RESET, ""));
    Answers.otherMethods(router.route(PATH), "PUT, PATCH, DELETE");
  }

  private void body(Router router, HttpMethod method, ActionControl.Deed deed) {
    router
        .route(method, PATH)
        .handler(
            request -> RequestBody.read(request, BODY_LIMIT, body -> change(request, deed, body)));
  }

  private void change(RoutingContext request, ActionControl.Deed deed, byte[] body) {
    try {
      if (!Action.NAME.matcher(request.pathParam("action")).matches()) {
        throw new Refused(
            new Problem(
                422,
                "action-name",
                "Nothing was changed: an action's name has lower-case letters, digits and hyphens,"
                    + " at most 63, and no hyphen first."));
      }
      var json = SignupBody.json(body);
      if (!json.isObject() || json.isEmpty()) {
        throw new Refused(
            new Problem(400, "not-an-action", "Send the action's settings: {\"required\":true}."));
      }
      change(request, deed, json.toString());
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private void change(RoutingContext request, ActionControl.Deed deed, String body) {
    String action = request.pathParam("action");
    ActionControl.Order order =
        new ActionControl.Order(deed, action, body, AdminDoor.holder(request), reason(request));
    var unused =
        control
            .change(order)
            .onSuccess(now -> Answers.json(request, 200, changed(action, now)))
            .onFailure(failure -> failed(request, action, failure));
  }

  /** Who has been accepted keeps the plan of then; this says how many of them are still open. */
  private ObjectNode changed(String action, ActionControl.Now now) {
    ObjectNode json = Json.mapper().createObjectNode();
    String prefix = "actions." + action + ".";
    boolean isConfigured =
        now.settings().stream().anyMatch(setting -> setting.key().startsWith(prefix));
    json.put("name", action)
        .put("revision", now.revision())
        .put("configured", isConfigured)
        .put("openSignups", pipeline.totals().open())
        .put("waiting", pipeline.totals().of(action).pending());
    ConfiguredJson.put(json, action, now);
    return json;
  }

  private static void failed(RoutingContext request, String action, Throwable failure) {
    if (failure instanceof InvalidSettings invalid) {
      Answers.problem(request, unfit(action, invalid));
    } else if (failure instanceof NoSuchElementException) {
      Answers.problem(
          request,
          new Problem(404, "no-action", "Nothing was done: " + failure.getMessage() + "."));
    } else {
      Answers.failed(request, failure);
    }
  }

  private static Problem unfit(String action, InvalidSettings invalid) {
    return new Problem(
        422,
        "invalid-action",
        "Nothing was changed; errors says why.",
        invalid.problems().stream().map(problem -> fault(action, problem)).toList());
  }

  /** What is wrong elsewhere, with this action as it would be, has no pointer into the body. */
  private static Problem.Fault fault(String action, dev.usher.settings.Problem problem) {
    String prefix = "actions." + action + ".";
    return problem.key().startsWith(prefix)
        ? new Problem.Fault(
            "/" + problem.key().substring(prefix.length()).replace('.', '/'),
            "invalid",
            problem.message())
        : new Problem.Fault("", "invalid", problem.toString());
  }

  private static String reason(RoutingContext request) {
    return Reason.cut(Optional.ofNullable(request.queryParams().get("reason")).orElse(""));
  }
}
