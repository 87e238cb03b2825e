package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.RefusalCounts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.regex.Pattern;

/** The public port: signups in, receipts out. */
public final class PublicApi {

  static final String SIGNUPS = "/signups";
  private static final Pattern ID = Pattern.compile("signup_[0-9a-z]{26}");

  private final Pipeline pipeline;
  private final Intake intake;
  private final IntakeRules rules;
  private final SignupEvents events;
  private final RefusalWatch refusals;

  /**
   * Builds the API.
   *
   * @param macs makes what signups can be found by
   * @param idleTimeout a connection silent for this long is closed
   * @param counts hears of every signup that is refused
   */
  public PublicApi(
      Pipeline pipeline,
      PayloadSchema schema,
      Macs macs,
      IntakeRules rules,
      Duration idleTimeout,
      RefusalCounts counts) {
    this.pipeline = pipeline;
    this.refusals = new RefusalWatch(counts);
    this.intake =
        new Intake(
            pipeline,
            schema,
            macs,
            rules,
            new WaitedAnswer(pipeline.watchers(), idleTimeout),
            refusals);
    this.events = new SignupEvents(pipeline.watchers(), idleTimeout);
    this.rules = rules;
  }

  /** The routes, for one event loop. */
  public Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    CrossOrigin.mount(router, SIGNUPS, rules.origins());
    router.route(HttpMethod.POST, SIGNUPS).handler(refusals::begin).handler(intake::post);
    Answers.otherMethods(router.route(SIGNUPS), "POST");
    router
        .route(SIGNUPS + "/:id")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(this::receipt);
    Answers.otherMethods(router.route(SIGNUPS + "/:id"), "GET, HEAD");
    router.route(HttpMethod.GET, SIGNUPS + "/:id/events").handler(this::events);
    Answers.otherMethods(router.route(SIGNUPS + "/:id/events"), "GET");
    new ApiDocument().mount(router);
    Answers.failures(router);
    return router;
  }

  /** The router takes several slashes for one; here a URL has one spelling. */
  static boolean isOddPath(RoutingContext request) {
    return request.request().path().contains("//");
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
    if (!ID.matcher(id).matches() || isOddPath(request)) {
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
