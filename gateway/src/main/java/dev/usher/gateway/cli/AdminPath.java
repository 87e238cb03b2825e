package dev.usher.gateway.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** A path of the admin port with what stands behind its question mark. */
final class AdminPath {

  private final StringBuilder text;
  private char separator = '?';

  AdminPath(String path) {
    text = new StringBuilder(path);
  }

  /** What people see of a signup that only operators see. */
  static AdminPath signup(String id) {
    return new AdminPath(
        "/admin/signups/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** Adds to the path itself. */
  AdminPath then(String step) {
    text.append(step);
    return this;
  }

  /** Adds a parameter, unless it is empty. */
  AdminPath with(String name, String value) {
    if (!value.isEmpty()) {
      text.append(separator).append(name).append('=');
      text.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      separator = '&';
    }
    return this;
  }

  /** The same of one that may not be there. */
  AdminPath with(String name, Optional<String> value) {
    return with(name, value.orElse(""));
  }

  /** Adds parameters, but for those that are empty. */
  AdminPath with(Map<String, String> all) {
    all.forEach(
        (name, value) -> {
          var unused = with(name, value);
        });
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
