package dev.usher.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets requests pass that carry the admin token. */
final class AdminToken {

  private static final String BEARER = "Bearer ";
  private static final String NAME = "usher.token";

  /** The one token there is so far. */
  private static final String LOCAL = "local";

  private final byte[] token;

  AdminToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** Name of the token that a request carried, for the audit. */
  static String name(RoutingContext request) {
    return request.get(NAME, "");
  }

  void check(RoutingContext request) {
    String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      byte[] given = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(given, token)) {
        request.put(NAME, LOCAL);
        request.next();
        return;
      }
    }
    request.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
    Answers.problem(
        request,
        new Problem(
            401, "token", "Send Authorization: Bearer with the token from the data folder."));
  }
}
