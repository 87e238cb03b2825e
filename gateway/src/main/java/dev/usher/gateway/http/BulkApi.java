package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Many signups in one request: {@code POST /admin/signups}, one JSON object per line in, one result
 * per line out.
 */
public final class BulkApi {

  static final String PATH = "/admin/signups";
  static final String NDJSON = "application/x-ndjson";

  private static final Set<String> TYPES = Set.of(NDJSON, "application/jsonl");

  /** So many take half of a commit group together; the other half is the public port's. */
  private static final int MOST_AT_ONCE = 4;

  private final Pipeline pipeline;
  private final SignupBody bodies;
  private final Macs macs;
  private final int lineLimit;
  private final Seats seats = new Seats(MOST_AT_ONCE);

  /**
   * Builds the API.
   *
   * @param macs makes what signups can be found by
   * @param lineLimit longest line taken, in bytes
   */
  public BulkApi(Pipeline pipeline, PayloadSchema schema, Macs macs, int lineLimit) {
    this.pipeline = pipeline;
    this.bodies = new SignupBody(schema, macs);
    this.macs = macs;
    this.lineLimit = lineLimit;
  }

  void mount(Router router) {
    router.route(HttpMethod.POST, PATH).handler(this::post);
  }

  private void post(RoutingContext request) {
    String key = IdempotencyKey.of(request.request());
    if (!isLines(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
      request.response().putHeader("Accept-Post", NDJSON);
      Answers.problem(
          request,
          new Problem(415, "media-type", "Send one JSON object per line, as " + NDJSON + "."));
    } else if (!seats.take()) {
      request.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
      Answers.problem(
          request,
          new Problem(
              503, "overloaded", "Try again soon: " + MOST_AT_ONCE + " imports run already."));
    } else if (RequestBody.isToContinue(request)) {
      new BulkImport(request, this, key, seats::giveBack).start();
    } else {
      seats.giveBack();
    }
  }

  private static boolean isLines(@Nullable String contentType) {
    return contentType != null && TYPES.contains(SignupFormat.mediaType(contentType));
  }

  Pipeline pipeline() {
    return pipeline;
  }

  SignupBody bodies() {
    return bodies;
  }

  Macs macs() {
    return macs;
  }

  int lineLimit() {
    return lineLimit;
  }
}
