package dev.usher.handler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The successes of the deliveries that ended last, so that a duplicate is answered and not run
 * again. A rejection is not remembered: who redrives it has mended what it was rejected for.
 * Bounded: the least recently used goes first, and a text that is not small is not kept. For one
 * thread.
 */
final class RecentOutcomes {

  static final int MAX_ENTRIES = 10_000;

  /** Keeps a full cache of results under about 10 MB. */
  static final int MAX_TEXT_LENGTH = 512;

  private final Map<String, Outcome> outcomes =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Outcome> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  void add(String delivery, Outcome outcome) {
    if (outcome.isSuccess()) {
      boolean isSmall = outcome.text().length() <= MAX_TEXT_LENGTH;
      outcomes.put(delivery, isSmall ? outcome : outcome.withoutText());
    }
  }

  Optional<Outcome> find(String delivery) {
    return Optional.ofNullable(outcomes.get(delivery));
  }
}
