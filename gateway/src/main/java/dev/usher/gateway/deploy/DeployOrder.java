package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.DeployRefused;
import java.util.Map;
import java.util.Optional;

/**
 * A handler to deploy; its file comes beside it.
 *
 * @param name what people call the handler
 * @param file the file's name
 * @param address event-bus address it is to serve instead of its own; empty for its own
 * @param settings values over those that a runner has for it; secrets as references
 * @param isIsolated whether it is to run as a process of its own
 * @param share percent of the deliveries that it is to get
 * @param checksum what the sender says the file's SHA-256 is, in hexadecimal digits
 * @param token name of the token it came with
 */
public record DeployOrder(
    String name,
    String file,
    String address,
    Map<String, String> settings,
    boolean isIsolated,
    int share,
    Optional<String> checksum,
    String token) {

  static DeployRefused unfit(String code, String message) {
    return new DeployRefused(DeployRefused.Kind.UNFIT, code, message);
  }
}
