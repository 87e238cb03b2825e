package dev.usher.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a bridge is served.
 *
 * @param host interface to listen on
 * @param port 0 takes a free one
 * @param token what a client has to show in its first frame that is no ping, where anything is set
 * @param tls certificate and key, where connections are to be encrypted
 * @param drainLimit longest wait for what is in flight at a handler that unregisters
 */
public record BridgeRules(
    String host, int port, Optional<String> token, Optional<Tls> tls, Duration drainLimit) {

  /**
   * Files in PEM.
   *
   * @param certificate the chain, the server's own first
   * @param key its private key
   */
  public record Tls(Path certificate, Path key) {}

  /** Without the token. */
  @Override
  public String toString() {
    return "BridgeRules[host=" + host + ", port=" + port + ", tls=" + tls.isPresent() + "]";
  }
}
