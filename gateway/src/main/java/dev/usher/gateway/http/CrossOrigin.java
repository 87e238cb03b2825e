package dev.usher.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/** Lets the scripts of some web pages read answers (CORS). */
final class CrossOrigin {

  private static final int MAX_AGE_SECONDS = 3_600;

  private final Set<String> origins;
  private final CorsHandler handler;

  private CrossOrigin(List<String> origins) {
    this.origins = Set.copyOf(origins);
    handler =
        CorsHandler.create()
            .addOrigins(origins)
            .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST))
            .allowedHeaders(Set.of("Content-Type", "Idempotency-Key", "Prefer", "Last-Event-ID"))
            .exposedHeaders(
                Set.of("Location", "Retry-After", "Idempotency-Replayed", "Preference-Applied"))
            .maxAgeSeconds(MAX_AGE_SECONDS);
  }

  /** Goes before the routes at a path and below it; does nothing where no origin is named. */
  static void mount(Router router, String path, List<String> origins) {
    if (!origins.isEmpty()) {
      router.route(path + "*").handler(new CrossOrigin(origins)::handle);
    }
  }

  /**
   * Other origins are not refused but served as without CORS: a browser hides the answer from their
   * scripts, while their plain forms, which name an origin too, need no permission.
   */
  private void handle(RoutingContext request) {
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    if (origin != null && origins.contains(origin)) {
      handler.handle(request);
    } else {
      request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
      request.next();
    }
  }
}
