package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named thing owed to signups, as the configuration in force has it.
 *
 * @param name its identity: lower-case letters, digits and dashes
 * @param required whether every signup gets it, or only those whose payload has {@code key}
 * @param key the payload key that asks for an optional action
 * @param address the event-bus address at which its handlers listen; of a webhook, what may be
 *     shown of its URL
 * @param after the action whose success it waits for, where both are planned for a signup
 * @param delay time to the first attempt, from acceptance or from the success it waits for
 * @param policy how its attempts are made
 * @param erased the event-bus address at which its handlers hear of erased signups
 * @param webhook the URL that performs it in place of handlers on the bus
 */
public record Action(
    String name,
    boolean required,
    String key,
    String address,
    Optional<String> after,
    Duration delay,
    AttemptPolicy policy,
    Optional<String> erased,
    Optional<Webhook> webhook) {

  /** What a name looks like; a dot would make delivery ids ambiguous. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private static final String ERASED = ".erased";

  /** Checks the name, the delay and that the address is the webhook's. */
  public Action {
    String planned = isNotice(name) ? noticeOf(name) : name;
    if (!NAME.matcher(planned).matches() && !name.equals(Loopback.NAME)) {
      throw new IllegalArgumentException("\"" + name + "\" is not an action name");
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delay can't be negative");
    }
    if (!webhook.map(Webhook::address).orElse(address).equals(address)) {
      throw new IllegalArgumentException("the address of a webhook is its own");
    }
  }

  /** An action that handlers on the bus perform. */
  public Action(
      String name,
      boolean required,
      String key,
      String address,
      Optional<String> after,
      Duration delay,
      AttemptPolicy policy,
      Optional<String> erased) {
    this(name, required, key, address, after, delay, policy, erased, Optional.empty());
  }

  /** An action whose handlers don't hear of erased signups. */
  public Action(
      String name,
      boolean required,
      String key,
      String address,
      Optional<String> after,
      Duration delay,
      AttemptPolicy policy) {
    this(name, required, key, address, after, delay, policy, Optional.empty());
  }

  /** An action that waits for no other. */
  public Action(
      String name,
      boolean required,
      String key,
      String address,
      Duration delay,
      AttemptPolicy policy) {
    this(name, required, key, address, Optional.empty(), delay, policy);
  }

  /** An action that is due at once, without a rate. */
  public Action(
      String name,
      boolean required,
      String key,
      String address,
      Duration timeout,
      Retry retry,
      int concurrency,
      boolean isRepeatable) {
    this(
        name,
        required,
        key,
        address,
        Duration.ZERO,
        new AttemptPolicy(timeout, retry, concurrency, Optional.empty(), isRepeatable, false));
  }

  /**
   * The notice that a signup was erased, delivered like an action: {@code <name>.erased}. Its
   * policy is the default one, for the action's own (paused, one a minute) must not hold it up.
   */
  public Optional<Action> notice() {
    return erased.map(
        at -> new Action(name + ERASED, false, "", at, Duration.ZERO, AttemptPolicy.DEFAULT));
  }

  /** Whether an action of this name is the notice of another. */
  public static boolean isNotice(String name) {
    return name.endsWith(ERASED);
  }

  private static String noticeOf(String name) {
    return name.substring(0, name.length() - ERASED.length());
  }

  /** Longest time of one attempt. */
  public Duration timeout() {
    return policy.timeout();
  }

  /** When to try again and when to give up. */
  public Retry retry() {
    return policy.retry();
  }

  /** Most attempts in flight at once. */
  public int concurrency() {
    return policy.concurrency();
  }

  /** Whether an attempt with unknown outcome may be repeated. */
  public boolean isRepeatable() {
    return policy.isRepeatable();
  }
}
