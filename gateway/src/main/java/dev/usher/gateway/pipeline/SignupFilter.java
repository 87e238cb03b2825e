package dev.usher.gateway.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Which signups are meant; what is empty does not restrict.
 *
 * @param state where they stand
 * @param action an action of their plan
 * @param person fingerprint of their e-mail address
 * @param since accepted at or after this
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record SignupFilter(
    Optional<SignupState> state, Optional<String> action, byte[] person, Optional<Instant> since) {

  /** All of them. */
  public static final SignupFilter ALL =
      new SignupFilter(Optional.empty(), Optional.empty(), new byte[0], Optional.empty());
}
