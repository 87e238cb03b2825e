package dev.usher.gateway.http;

import io.netty.util.AsciiString;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client calls its request, so that sending it again makes no second signup. */
final class IdempotencyKey {

  static final CharSequence HEADER = HttpHeaders.createOptimized("Idempotency-Key");
  static final CharSequence REPLAYED = HttpHeaders.createOptimized("Idempotency-Replayed");
  static final CharSequence TRUE = AsciiString.cached("true");

  /** Room for any UUID, hash or order number with its prefix. */
  static final int MAX_LENGTH = 255;

  private IdempotencyKey() {}

  /**
   * The key of a request, as it was sent; {@code null} where it has none.
   *
   * @throws Refused where there are several, or one that is empty, too long or not plain ASCII
   */
  static @Nullable String of(HttpServerRequest request) {
    String key = request.getHeader(HEADER);
    if (key == null) {
      return null;
    }
    List<String> all = request.headers().getAll(HEADER);
    if (all.size() > 1) {
      throw refused("The header Idempotency-Key came " + all.size() + " times; send one.");
    }
    if (key.isEmpty() || key.length() > MAX_LENGTH || !isPrintable(key)) {
      throw refused(
          "The header Idempotency-Key takes 1 to " + MAX_LENGTH + " printable ASCII characters.");
    }
    return key;
  }

  private static boolean isPrintable(String key) {
    return key.chars().allMatch(character -> character >= ' ' && character <= '~');
  }

  private static Refused refused(String detail) {
    return new Refused(new Problem(400, "idempotency-key", detail));
  }
}
