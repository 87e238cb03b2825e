package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public port: signups in, receipts out. */
public final class PublicApi {

  private static final String SIGNUPS = "/signups";
  private static final String JSON = "application/json";
  private static final String ACCEPT_POST = "Accept-Post";
  private static final Pattern ID = Pattern.compile("signup_[0-9a-z]{26}");
  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);

  private final Pipeline pipeline;
  private final SignupBody bodies;
  private final int bodyLimit;
  private final WaitedAnswer answers;
  private final SignupEvents events;

  /**
   * Builds the API.
   *
   * @param macs makes what signups can be found by
   * @param bodyLimit longest body taken, in bytes
   * @param idleTimeout a connection silent for this long is closed
   */
  public PublicApi(
      Pipeline pipeline, PayloadSchema schema, Macs macs, int bodyLimit, Duration idleTimeout) {
    this.pipeline = pipeline;
    this.answers = new WaitedAnswer(pipeline.watchers(), idleTimeout);
    this.events = new SignupEvents(pipeline.watchers(), idleTimeout);
    this.bodies = new SignupBody(schema, macs);
    this.bodyLimit = bodyLimit;
  }

  /** The routes, for one event loop. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route(HttpMethod.POST, SIGNUPS).handler(this::post);
    Answers.otherMethods(router.route(SIGNUPS), "POST");
    router.route(HttpMethod.GET, SIGNUPS + "/:id").handler(this::receipt);
    Answers.otherMethods(router.route(SIGNUPS + "/:id"), "GET");
    router.route(HttpMethod.GET, SIGNUPS + "/:id/events").handler(this::events);
    Answers.otherMethods(router.route(SIGNUPS + "/:id/events"), "GET");
    Answers.failures(router);
    return router;
  }

  private void post(RoutingContext request) {
    if (!isJson(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
      request.response().putHeader(ACCEPT_POST, JSON);
      Answers.problem(
          request, new Problem(415, "media-type", "Send the signup as " + JSON + " in UTF-8."));
    } else if (isEncoded(request.request().getHeader(HttpHeaders.CONTENT_ENCODING))) {
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      Answers.problem(
          request, new Problem(415, "encoding", "Send the body as it is, not compressed."));
    } else {
      RequestBody.read(request, bodyLimit, body -> accept(request, body));
    }
  }

  private static boolean isEncoded(@Nullable String contentEncoding) {
    return contentEncoding != null
        && !HttpHeaders.IDENTITY.toString().equalsIgnoreCase(contentEncoding);
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
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

  private void accept(RoutingContext request, byte[] body) {
    Candidate candidate;
    try {
      candidate = bodies.read(body);
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
      return;
    }
    var unused =
        pipeline
            .accept(candidate)
            .onSuccess(receipt -> answers.answer(request, receipt))
            .onFailure(failure -> Answers.failed(request, failure));
  }

  /** Where a signup is. */
  static String path(String id) {
    return SIGNUPS + "/" + id;
  }

  private void events(RoutingContext request) {
    String id = request.pathParam("id");
    if (ID.matcher(id).matches()) {
      events.serve(request, id);
    } else {
      Answers.problem(request, Problem.of(404));
    }
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
