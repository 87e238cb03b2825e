package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.Overloaded;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How requests are answered, the good and the bad ends. */
final class Answers {

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final Duration RETRY_JOURNAL = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private Answers() {}

  static void json(RoutingContext request, int status, JsonNode body) {
    var unused =
        request
            .response()
            .setStatusCode(status)
            .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
            .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
            .end(Json.write(body));
  }

  static void problem(RoutingContext request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    boolean isLast = Unread.isMuch(request.request());
    if (isLast) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Future<Void> answered =
        response
            .setStatusCode(problem.status())
            .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
            .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
            .end(problem.body());
    if (isLast) {
      answered.onSuccess(written -> Unread.drain(request));
    }
  }

  /** Every way in which a request of this router can fail ends as a problem. */
  static void failures(Router router) {
    router.route().last().handler(request -> request.fail(404));
    router.route().failureHandler(Answers::failed);
    // Failures outside any route, such as a malformed path.
    for (int status : new int[] {400, 404, 405, 500}) {
      router.errorHandler(status, request -> problem(request, Problem.of(status)));
    }
  }

  /** The URL exists, but not with this method. */
  static void otherMethods(Route route, String allowed) {
    route.handler(
        request -> {
          request.response().putHeader(HttpHeaders.ALLOW, allowed);
          problem(request, Problem.of(405));
        });
  }

  /** Ends a request whose work failed. */
  static void failed(RoutingContext request, Throwable failure) {
    problem(request, problemOf(request, failure));
  }

  /** What a failure is to the client, {@code Retry-After} included; does not end the request. */
  static Problem problemOf(RoutingContext request, Throwable failure) {
    if (failure instanceof Overloaded overloaded) {
      retryAfter(request, overloaded.retryAfter());
    } else if (failure instanceof JournalUnavailable) {
      retryAfter(request, RETRY_JOURNAL);
    }
    return Problem.of(failure)
        .orElseGet(
            () -> {
              LOG.error(
                  "{} {} failed", request.request().method(), request.normalizedPath(), failure);
              return Problem.of(500);
            });
  }

  private static void failed(RoutingContext request) {
    Throwable failure = request.failure();
    if (failure == null || failure instanceof HttpException) {
      int status =
          failure instanceof HttpException http ? http.getStatusCode() : request.statusCode();
      problem(request, Problem.of(status < 400 ? 500 : status));
    } else if (request.statusCode() >= 400 && request.statusCode() < 500) {
      problem(request, Problem.of(request.statusCode()));
    } else {
      failed(request, failure);
    }
  }

  private static void retryAfter(RoutingContext request, Duration wait) {
    request
        .response()
        .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, wait.toSeconds())));
  }
}
