package dev.usher.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Where a browser goes after it posted a form. The failure page hears codes only: URLs end up in
 * logs and histories, so that no value, nor any name the client made up, may be in one.
 *
 * @param success page after a signup was accepted; without one the answer is JSON
 * @param failure page after it was refused; without one the answer is a problem
 */
public record FormPages(Optional<String> success, Optional<String> failure) {

  /** Forms are answered in JSON. */
  public static final FormPages NONE = new FormPages(Optional.empty(), Optional.empty());

  /** Faults whose pointer names a key that is the client's own invention. */
  private static final Set<String> WITHOUT_POINTER =
      Set.of("additionalProperties", "unevaluatedProperties", "propertyNames");

  private static final int SEE_OTHER = 303;

  /** Sends the browser on, if there is such a page. */
  boolean sentToSuccess(RoutingContext request) {
    success.ifPresent(page -> send(request, page));
    return success.isPresent();
  }

  /** Sends the browser on with what was wrong, if there is such a page. */
  boolean sentToFailure(RoutingContext request, Problem problem) {
    failure.ifPresent(page -> send(request, withCodes(page, problem)));
    return failure.isPresent();
  }

  private static void send(RoutingContext request, String page) {
    var unused =
        request
            .response()
            .setStatusCode(SEE_OTHER)
            .putHeader(HttpHeaders.LOCATION, page)
            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
            .end();
  }

  private static String withCodes(String page, Problem problem) {
    int fragment = page.indexOf('#');
    String before = fragment < 0 ? page : page.substring(0, fragment);
    String after = fragment < 0 ? "" : page.substring(fragment);
    StringBuilder url = new StringBuilder(before);
    url.append(before.indexOf('?') < 0 ? '?' : '&').append("code=").append(problem.code());
    problem.faults().forEach(fault -> url.append("&error=").append(word(fault)));
    return url.append(after).toString();
  }

  private static String word(Problem.Fault fault) {
    String word =
        WITHOUT_POINTER.contains(fault.code())
            ? fault.code()
            : fault.pointer() + ":" + fault.code();
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }
}
