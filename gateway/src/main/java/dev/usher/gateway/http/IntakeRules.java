package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Rate;
import java.util.List;
import java.util.Optional;

/**
 * What the public port takes, and from whom.
 *
 * @param bodyLimit longest body of a request, in bytes
 * @param bodyRoom most bytes kept of all bodies together that are not there as a whole yet
 * @param pages where browsers go after a form
 * @param origins web origins whose scripts may send signups; empty where none may
 * @param perClient how many signups one client may send
 * @param proxies addresses, or blocks of them, whose word on who the client is counts
 */
public record IntakeRules(
    int bodyLimit,
    long bodyRoom,
    FormPages pages,
    List<String> origins,
    Optional<Rate> perClient,
    List<String> proxies) {

  /**
   * Keeps its own lists.
   *
   * @throws IllegalArgumentException where a proxy is no address
   */
  public IntakeRules {
    origins = List.copyOf(origins);
    proxies = List.copyOf(proxies);
    for (String proxy : proxies) {
      var unused = Network.parse(proxy);
    }
  }

  /** Nothing but a limit for bodies. */
  public static IntakeRules of(int bodyLimit) {
    return of(bodyLimit, FormPages.NONE, List.of());
  }

  /** As many signups as a client likes. */
  public static IntakeRules of(int bodyLimit, FormPages pages, List<String> origins) {
    return new IntakeRules(bodyLimit, Long.MAX_VALUE, pages, origins, Optional.empty(), List.of());
  }
}
