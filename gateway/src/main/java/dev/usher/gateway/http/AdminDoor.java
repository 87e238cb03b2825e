package dev.usher.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests pass that carry a token whose role covers them. */
final class AdminDoor {

  private static final String BEARER = "Bearer ";
  private static final String HANDLERS = "/admin/handlers";
  private static final String NAME = "usher.token";

  private final List<AdminToken> tokens;

  AdminDoor(List<AdminToken> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** Name of the token that a request carried, for the audit. */
  static String holder(RoutingContext request) {
    return request.get(NAME, "");
  }

  void check(RoutingContext request) {
    Optional<AdminToken> token = token(request.request().getHeader(HttpHeaders.AUTHORIZATION));
    Role needed = needed(request.request().method(), request.normalizedPath());
    if (token.isEmpty()) {
      request.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
      Answers.problem(
          request,
          new Problem(
              401, "token", "Send Authorization: Bearer with the token from the data folder."));
    } else if (!token.get().role().covers(needed)) {
      Answers.problem(request, tooSmall(token.get(), needed));
    } else {
      request.put(NAME, token.get().name());
      request.next();
    }
  }

  private static Problem tooSmall(AdminToken token, Role needed) {
    return new Problem(
        403,
        "role",
        "The token "
            + token.name()
            + " has the role "
            + token.role().word()
            + "; this call needs "
            + needed.word()
            + ".");
  }

  private static Role needed(HttpMethod method, String path) {
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      return Role.VIEW;
    }
    boolean isHandlers = path.equals(HANDLERS) || path.startsWith(HANDLERS + "/");
    return isHandlers ? Role.DEPLOY : Role.OPERATE;
  }

  /** Looks at every token, whether or not one was found: the time tells nothing. */
  private Optional<AdminToken> token(@Nullable String header) {
    Optional<AdminToken> found = Optional.empty();
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return found;
    }
    byte[] given = AdminToken.digest(header.substring(BEARER.length()).strip());
    for (AdminToken token : tokens) {
      if (token.is(given)) {
        found = Optional.of(token);
      }
    }
    return found;
  }
}
