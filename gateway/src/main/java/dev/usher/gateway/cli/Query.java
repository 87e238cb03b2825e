package dev.usher.gateway.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A path with parameters. */
final class Query {

  private final StringBuilder path;
  private char separator = '?';

  Query(String path) {
    this.path = new StringBuilder(path);
  }

  Query with(String name, String value) {
    if (!value.isEmpty()) {
      path.append(separator).append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      separator = '&';
    }
    return this;
  }

  Query with(String name, Optional<String> value) {
    return with(name, value.orElse(""));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
