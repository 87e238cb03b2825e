package dev.usher.gateway.delivery;

import dev.usher.wire.Catalogue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * Which hot-deployed versions run as canaries, and how many percent of the signups each of them is
 * to have.
 *
 * @param percents by {@link dev.usher.wire.HandlerVersion#id}, 0 to 100
 */
public record CanaryShares(Map<String, Integer> percents) {

  /** No canary runs. */
  public static final CanaryShares NONE = new CanaryShares(Map.of());

  private static final int HUNDRED = 100;

  /** Keeps its own copy. */
  public CanaryShares {
    percents = Map.copyOf(percents);
    percents.forEach(CanaryShares::check);
  }

  private static void check(String deployment, int percent) {
    if (percent < 0 || percent > HUNDRED) {
      throw new IllegalArgumentException(
          "the share of " + deployment + " is " + percent + " percent; 0 to 100 can be");
    }
  }

  /** The canaries of a catalogue. */
  public static CanaryShares of(Catalogue catalogue) {
    Map<String, Integer> percents = new HashMap<>();
    for (Catalogue.Entry entry : catalogue.handlers()) {
      if (entry.hasCanary()) {
        entry.next().ifPresent(next -> percents.put(next.id(), entry.share()));
      }
    }
    return percents.isEmpty() ? NONE : new CanaryShares(percents);
  }

  boolean isNone() {
    return percents.isEmpty();
  }

  /** The share of a deployment; empty where it is no canary. */
  OptionalInt of(String deployment) {
    Integer percent = percents.get(deployment);
    return percent == null ? OptionalInt.empty() : OptionalInt.of(percent);
  }

  /**
   * Where a signup stands among a hundred, 0 to 99: the CRC-32 of its id, modulo 100. It is for the
   * canary where that is less than the share, so a larger share only adds to those it had, and
   * people can tell from an id which version it was for.
   */
  static int place(String signup) {
    CRC32 hash = new CRC32();
    hash.update(signup.getBytes(StandardCharsets.US_ASCII));
    return (int) (hash.getValue() % HUNDRED);
  }
}
