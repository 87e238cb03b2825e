package dev.usher.gateway.cli;

/** The two ports of a gateway. */
enum Port {
  PUBLIC("public"),
  ADMIN("admin");

  private final String key;

  Port(String key) {
    this.key = key;
  }

  /** Its name in {@code endpoints.json}. */
  String key() {
    return key;
  }
}
