package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.Receipt;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import java.util.regex.Pattern;

/** The public port: signups in, receipts out. */
public final class PublicApi {

  private static final String SIGNUPS = "/signups";
  private static final String JSON = "application/json";
  private static final Pattern ID = Pattern.compile("signup_[0-9a-z]{26}");
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

  private final Pipeline pipeline;
  private final SignupBody bodies;
  private final int bodyLimit;

  /**
   * Builds the API.
   *
   * @param bodyLimit longest body taken, in bytes
   */
  public PublicApi(Pipeline pipeline, PayloadSchema schema, int bodyLimit) {
    this.pipeline = pipeline;
    this.bodies = new SignupBody(schema);
    this.bodyLimit = bodyLimit;
  }

  /** The routes, for one event loop. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    // A route of its own: within one, Vert.x wants the body handler first.
    router.route(HttpMethod.POST, SIGNUPS).handler(PublicApi::requireJson);
    router
        .route(HttpMethod.POST, SIGNUPS)
        .handler(BodyHandler.create(false).setBodyLimit(bodyLimit))
        .handler(this::accept);
    Answers.otherMethods(router.route(SIGNUPS), "POST");
    router.route(HttpMethod.GET, SIGNUPS + "/:id").handler(this::receipt);
    Answers.otherMethods(router.route(SIGNUPS + "/:id"), "GET");
    Answers.failures(router);
    return router;
  }

  private static void requireJson(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type != null && isJson(type)) {
      request.next();
      return;
    }
    request.response().putHeader("Accept-Post", JSON);
    Answers.problem(
        request, new Problem(415, "media-type", "Send the signup as " + JSON + " in UTF-8."));
  }

  private static boolean isJson(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    if (!type.strip().equalsIgnoreCase(JSON)) {
      return false;
    }
    var charset = CHARSET.matcher(contentType);
    return parameters < 0
        || !charset.find()
        || charset.group(1).toLowerCase(Locale.ROOT).matches("utf-?8|us-ascii");
  }

  private void accept(RoutingContext request) {
    Candidate candidate;
    try {
      candidate = bodies.read(request.body().buffer());
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
      return;
    }
    var unused =
        pipeline
            .accept(candidate)
            .onSuccess(receipt -> accepted(request, receipt))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  private static void accepted(RoutingContext request, Receipt receipt) {
    request.response().putHeader(HttpHeaders.LOCATION, SIGNUPS + "/" + receipt.id());
    Answers.json(request, 202, ReceiptJson.of(receipt));
  }

  private void receipt(RoutingContext request) {
    String id = request.pathParam("id");
    if (!ID.matcher(id).matches()) {
      Answers.problem(request, Problem.of(404));
      return;
    }
    var unused =
        pipeline
            .receipt(id)
            .onSuccess(
                found ->
                    found.ifPresentOrElse(
                        receipt -> Answers.json(request, 200, ReceiptJson.of(receipt)),
                        () -> Answers.problem(request, Problem.of(404))))
            .onFailure(failure -> Answers.failed(request, failure));
  }
}
