package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Erasures;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.NotScrubbed;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Erasure on the admin port: of one signup, or of all that a person ever sent. */
final class ErasureApi {

  private static final String PATH = "/admin/signups";

  private final Pipeline pipeline;
  private final Macs macs;

  ErasureApi(Pipeline pipeline, Macs macs) {
    this.pipeline = pipeline;
    this.macs = macs;
  }

  /** To be mounted before what else these URLs do. */
  void mount(Router router) {
    router.route(HttpMethod.DELETE, PATH).handler(request -> answer(request, this::ofPerson));
    router
        .route(HttpMethod.DELETE, PATH + "/:id")
        .handler(request -> answer(request, this::ofSignup));
  }

  private interface Reading {
    Erasures.Order of(RoutingContext request, Parameters parameters);
  }

  private Erasures.Order ofPerson(RoutingContext request, Parameters parameters) {
    String email =
        parameters
            .email()
            .orElseThrow(() -> Parameters.refused("email", "must be there: whose signups?"));
    return Erasures.Order.ofPerson(
        macs.ofPerson(email), isDryRun(parameters), AdminDoor.holder(request));
  }

  private Erasures.Order ofSignup(RoutingContext request, Parameters parameters) {
    return Erasures.Order.ofSignup(
        request.pathParam("id"), isDryRun(parameters), AdminDoor.holder(request));
  }

  /** Anything but one of the two words would be dangerous to guess at. */
  private static boolean isDryRun(Parameters parameters) {
    Optional<String> given = parameters.find("dryRun");
    return switch (given.orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Parameters.refused("dryRun", "must be true or false");
    };
  }

  private void answer(RoutingContext request, Reading reading) {
    try {
      Erasures.Order order =
          reading.of(request, Parameters.of(request.queryParams(), "email", "dryRun"));
      var unused =
          pipeline
              .erase(order)
              .onSuccess(report -> answer(request, order, report))
              .onFailure(failure -> failed(request, failure));
    } catch (Refused refused) {
      Answers.problem(request, refused.problem());
    }
  }

  private static void answer(RoutingContext request, Erasures.Order order, Erasures.Report report) {
    if (order.id().isPresent() && report.matched() == 0) {
      Answers.problem(request, new Problem(404, "not-found", "There is no such signup."));
      return;
    }
    Answers.json(request, 200, ReportJson.of(report.matched(), report.done()));
  }

  private static void failed(RoutingContext request, Throwable failure) {
    if (failure instanceof NotScrubbed) {
      String detail =
          "Erased in the journal, but "
              + failure.getMessage()
              + "; delete that file and send this again.";
      Answers.problem(request, new Problem(500, "not-scrubbed", detail));
    } else {
      Answers.failed(request, failure);
    }
  }
}
