package dev.usher.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.yaml}: every call of both ports, told on both. */
final class ApiDocument {

  static final String PATH = "/openapi.yaml";

  /** RFC 9512. */
  private static final String MEDIA_TYPE = "application/yaml";

  /** Read once; each event loop sends a buffer of its own. */
  private static final byte[] TEXT = resource();

  private final Buffer text = Buffer.buffer(TEXT);

  void mount(Router router) {
    router.route(HttpMethod.GET, PATH).handler(this::send);
    Answers.otherMethods(router.route(PATH), "GET");
  }

  private void send(RoutingContext request) {
    var unused =
        request
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
            .end(text);
  }

  private static byte[] resource() {
    try (InputStream in = ApiDocument.class.getResourceAsStream(PATH)) {
      return Objects.requireNonNull(in, PATH).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
