package dev.usher.bridge;

import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Problem;
import dev.usher.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where handlers in other languages join a process, if it wants them to: the {@code bridge.*} keys
 * of the gateway and of each runner.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one; without one there is no bridge
 * @param token what clients have to show; never missing where other machines reach the bridge
 * @param certificate file of the certificates, where connections are encrypted
 * @param key file of the private key; there whenever the certificates are
 */
public record BridgeSettings(
    String host,
    Optional<Integer> port,
    Optional<String> token,
    Optional<Path> certificate,
    Optional<Path> key) {

  private static final String CERTIFICATE = "bridge.tls.certificate";
  private static final String KEY = "bridge.tls.key";

  /**
   * Reads them.
   *
   * @param config folder that relative files count from
   * @throws InvalidSettings when they don't go together
   */
  public static BridgeSettings from(Settings settings, Path config) throws InvalidSettings {
    BridgeSettings bridge =
        new BridgeSettings(
            settings.text("bridge.host"),
            settings.find("bridge.port").map(Integer::valueOf),
            settings.secret("bridge.token"),
            settings.find(CERTIFICATE).map(config::resolve),
            settings.find(KEY).map(config::resolve));
    List<Problem> problems = bridge.problems(settings);
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    return bridge;
  }

  private List<Problem> problems(Settings settings) {
    List<Problem> problems = new ArrayList<>();
    if (port.isPresent() && token.isEmpty() && !isLoopback()) {
      problems.add(
          new Problem(
              settings.place("bridge.host"),
              "bridge.host",
              host
                  + " is reached by other machines, and whoever connects is sent payloads; set"
                  + " bridge.token, or write 127.0.0.1"));
    }
    if (certificate.isPresent() != key.isPresent()) {
      String there = certificate.isPresent() ? CERTIFICATE : KEY;
      String missing = certificate.isPresent() ? KEY : CERTIFICATE;
      problems.add(new Problem(settings.place(there), there, "needs " + missing + " beside it"));
    }
    return problems;
  }

  private boolean isLoopback() {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "BridgeSettings[host=" + host + ", port=" + port + "]";
  }
}
