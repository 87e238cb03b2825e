package dev.usher.settings;

/**
 * One thing that is wrong with a person's settings.
 *
 * @param place where: {@code config/gateway.yaml:14:11} or {@code USHER_HTTP_PORT}
 * @param key the key at fault, dotted; empty for the file as a whole
 * @param message what is wrong and what to write instead
 */
public record Problem(String place, String key, String message) {

  @Override
  public String toString() {
    return place + " " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
