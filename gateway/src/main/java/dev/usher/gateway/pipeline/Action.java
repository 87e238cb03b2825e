package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A named thing owed to signups, as the configuration in force has it.
 *
 * @param name its identity: lower-case letters, digits and dashes
 * @param required whether every signup gets it, or only those whose payload has {@code key}
 * @param key the payload key that asks for an optional action
 * @param address the event-bus address at which its handlers listen
 * @param timeout longest time of one attempt
 * @param retry when to try again and when to give up
 * @param concurrency most attempts in flight at once
 * @param isRepeatable whether an attempt with unknown outcome may be repeated
 */
public record Action(
    String name,
    boolean required,
    String key,
    String address,
    Duration timeout,
    Retry retry,
    int concurrency,
    boolean isRepeatable) {

  /** Time-out of an attempt where the configuration names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Attempts in flight where the configuration names no number; more add latency, not rate. */
  public static final int DEFAULT_CONCURRENCY = 256;

  /** What a name looks like; a dot would make delivery ids ambiguous. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** Checks the name. */
  public Action {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not an action name");
    }
  }
}
