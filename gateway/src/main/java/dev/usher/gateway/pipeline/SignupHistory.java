package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the journal knows of one signup.
 *
 * @param signup the signup; its payload is empty once it was erased
 * @param revision revision of the configuration that planned it
 * @param deliveries its deliveries in the order of its plan
 */
public record SignupHistory(Signup signup, long revision, List<OfDelivery> deliveries) {

  /** Attempts that are always shown, from the first on. */
  public static final int FIRST = 3;

  /** Attempts that are always shown, up to the latest. */
  public static final int LAST = 20;

  /** Whether what it said of a person is gone. */
  public boolean isErased() {
    return signup.payload().length == 0;
  }

  /** The same without the attempts. */
  SignupRecord record() {
    return new SignupRecord(signup, deliveries.stream().map(OfDelivery::line).toList());
  }

  /**
   * What happened to one delivery.
   *
   * @param line where it stands
   * @param isUnwanted whether it was cancelled while it ran
   * @param result what the handler answered to a success; empty where nothing
   * @param attempts the first {@link #FIRST} and the last {@link #LAST} attempts in their order
   * @param omitted how many are left out between the two
   */
  public record OfDelivery(
      SignupRecord.Line line,
      boolean isUnwanted,
      String result,
      List<OfAttempt> attempts,
      long omitted) {}

  /**
   * One attempt. Numbers start afresh when a dead letter is redriven.
   *
   * @param number its number, from 1
   * @param started when it started
   * @param took how long it took; empty while it runs, or where nobody could tell
   * @param instance where it ran
   * @param outcome how it ended; empty while it runs
   * @param reason what the handler said, or what was found; empty for a success
   */
  public record OfAttempt(
      int number,
      Optional<Instant> started,
      Optional<Duration> took,
      String instance,
      Optional<Outcome> outcome,
      String reason) {}

  /**
   * The same with how it stands.
   *
   * @param history what happened
   * @param receipt how it stands, line by line as the history has it
   */
  public record View(SignupHistory history, Receipt receipt) {}
}
