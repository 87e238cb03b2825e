package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.gateway.pipeline.Receipt;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /signups}, in whichever format: from the request to its answer. */
final class Intake {

  private static final String ACCEPT_POST = "Accept-Post";

  private final Pipeline pipeline;
  private final SignupBody bodies;
  private final Macs macs;
  private final IntakeRules rules;
  private final WaitedAnswer answers;
  private final RefusalWatch refusals;
  private final BodyRoom room;
  private final @Nullable ClientLimit limit;

  Intake(
      Pipeline pipeline,
      PayloadSchema schema,
      Macs macs,
      IntakeRules rules,
      WaitedAnswer answers,
      RefusalWatch refusals) {
    this.pipeline = pipeline;
    this.bodies = new SignupBody(schema, macs);
    this.macs = macs;
    this.rules = rules;
    this.answers = answers;
    this.refusals = refusals;
    this.room = new BodyRoom(rules.bodyRoom());
    this.limit = rules.perClient().map(rate -> new ClientLimit(rate, rules.proxies())).orElse(null);
  }

  void post(RoutingContext request) {
    if (PublicApi.isOddPath(request)) {
      Answers.problem(request, Problem.of(404));
      return;
    }
    if (limit != null && !limit.passes(request)) {
      return;
    }
    Optional<SignupFormat> format = SignupFormat.of(request.request());
    if (format.isEmpty()) {
      request.response().putHeader(ACCEPT_POST, SignupFormat.ACCEPTED);
      Answers.problem(
          request,
          new Problem(
              415,
              "media-type",
              "Send the signup in UTF-8 as one of: " + SignupFormat.ACCEPTED + "."));
    } else if (isEncoded(request.request().getHeader(HttpHeaders.CONTENT_ENCODING))) {
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, HttpHeaders.IDENTITY);
      Answers.problem(
          request, new Problem(415, "encoding", "Send the body as it is, not compressed."));
    } else {
      RequestBody.read(
          request, rules.bodyLimit(), room, body -> accept(request, format.get(), body));
    }
  }

  private static boolean isEncoded(@Nullable String contentEncoding) {
    return contentEncoding != null
        && !HttpHeaders.IDENTITY.toString().equalsIgnoreCase(contentEncoding);
  }

  private void accept(RoutingContext request, SignupFormat format, byte[] body) {
    Candidate candidate;
    try {
      candidate = candidate(request, format, body);
    } catch (Refused refused) {
      refused(request, format, refused);
      return;
    }
    if (candidate.fingerprints().hasKey()) {
      var unused =
          pipeline
              .acceptOnce(candidate)
              .onSuccess(one -> accepted(request, format, one.receipt(), one.isReplay()))
              .onFailure(failure -> refused(request, format, failure));
    } else {
      var unused =
          pipeline
              .accept(candidate)
              .onSuccess(receipt -> accepted(request, format, receipt, false))
              .onFailure(failure -> refused(request, format, failure));
    }
  }

  private Candidate candidate(RoutingContext request, SignupFormat format, byte[] body) {
    String key = IdempotencyKey.of(request.request());
    return switch (format) {
      case JSON -> withKey(bodies.read(body), key);
      case FORM -> withKey(bodies.of(FormSignup.read(body)), key);
      case EVENT -> ofEvent(CloudEventSignup.structured(body), key);
      case BINARY_EVENT -> ofEvent(CloudEventSignup.binary(request.request(), body), key);
    };
  }

  /** A key that the sender states goes before the one that its event implies. */
  private Candidate ofEvent(CloudEventSignup event, @Nullable String key) {
    return withKey(bodies.of(event), key == null ? event.key() : key);
  }

  private Candidate withKey(Candidate candidate, @Nullable String key) {
    return key == null ? candidate : candidate.withKey(macs, key);
  }

  private void accepted(
      RoutingContext request, SignupFormat format, Receipt receipt, boolean isReplay) {
    if (isReplay) {
      request.response().putHeader(IdempotencyKey.REPLAYED, IdempotencyKey.TRUE);
    }
    if (format != SignupFormat.FORM || !rules.pages().sentToSuccess(request)) {
      answers.answer(request, receipt);
    }
  }

  private void refused(RoutingContext request, SignupFormat format, Throwable failure) {
    Problem problem = Answers.problemOf(request, failure);
    if (format == SignupFormat.FORM && rules.pages().sentToFailure(request, problem)) {
      refusals.count(problem.status());
    } else {
      Answers.problem(request, problem);
    }
  }
}
