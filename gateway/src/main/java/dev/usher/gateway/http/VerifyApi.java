package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Accepted;
import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.Verification;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Signups that verify an installation, on the admin port. They are made here, from the name of a
 * run and a number: no schema of a user's could refuse them, and no person is in them. Run and
 * number are their idempotency key.
 */
final class VerifyApi {

  private static final String PATH = "/admin/verify";
  private static final int BODY_LIMIT = 4 << 10;
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9-]{1,64}");

  private final Pipeline pipeline;
  private final Macs macs;

  VerifyApi(Pipeline pipeline, Macs macs) {
    this.pipeline = pipeline;
    this.macs = macs;
  }

  void mount(Router router) {
    router
        .route(HttpMethod.POST, PATH)
        .handler(request -> RequestBody.read(request, BODY_LIMIT, body -> post(request, body)));
    Answers.otherMethods(router.route(PATH), "POST");
    router.route(HttpMethod.DELETE, PATH + "/:id").handler(this::delete);
    Answers.otherMethods(router.route(PATH + "/:id"), "DELETE");
  }

  private void post(RoutingContext request, byte[] body) {
    try {
      var unused =
          pipeline
              .acceptToVerify(order(body, AdminDoor.holder(request)))
              .onSuccess(accepted -> answer(request, accepted))
              .onFailure(failure -> Answers.failed(request, failure));
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private Verification.Order order(byte[] body, String token) {
    OrderFields fields = new OrderFields(body, Set.of("run", "number"));
    String run = fields.text("run").orElse("");
    JsonNode number = fields.get("number");
    if (!RUN.matcher(run).matches()) {
      fields.fault("run", "must be there: 1 to 64 letters, digits and dashes");
    }
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 1) {
      fields.fault("number", "must be there: a whole number, at least 1");
    }
    fields.refuseFaults();
    return new Verification.Order(candidate(run, number.longValue()), run, token);
  }

  private Candidate candidate(String run, long number) {
    ObjectNode payload = Json.mapper().createObjectNode();
    payload.putObject("usherVerify").put("run", run).put("number", number);
    return new Candidate(Json.write(payload).getBytes(), key -> false)
        .withKey(macs, "usher-verify:" + run + ":" + number);
  }

  private static void answer(RoutingContext request, Accepted accepted) {
    if (accepted.isReplay()) {
      request.response().putHeader(IdempotencyKey.REPLAYED, IdempotencyKey.TRUE);
    }
    Answers.json(request, 202, ReceiptJson.of(accepted.receipt()));
  }

  private void delete(RoutingContext request) {
    var unused =
        pipeline
            .removeVerified(request.pathParam("id"))
            .onSuccess(removal -> answer(request, removal))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static void answer(RoutingContext request, Verification.Removal removal) {
    switch (removal) {
      case REMOVED ->
          Answers.json(request, 200, Json.mapper().createObjectNode().put("removed", true));
      case STILL_OWED ->
          Answers.problem(
              request,
              new Problem(
                  409, "still-owed", "Its delivery has not succeeded; try again once it has."));
      case UNKNOWN ->
          Answers.problem(
              request,
              new Problem(404, "not-found", "No signup of this id was accepted to verify."));
    }
  }
}
