package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What becomes of a candidate before the journal has it; opened for the microbenchmarks. */
public final class Planning {

  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);
  private static final Retry RETRY =
      new Retry(Duration.ofSeconds(1), 2, Duration.ofMinutes(15), Duration.ofHours(24));
  private static final Actions ACTIONS =
      new Actions(List.of(action("first", true), action("subscribe", false)));

  private Planning() {}

  private static Action action(String name, boolean isRequired) {
    return new Action(
        name, isRequired, name, "bench." + name, Duration.ofSeconds(30), RETRY, 256, true);
  }

  /** How many deliveries are owed to it. */
  public static int plan(Candidate candidate) {
    Signup signup = new Signup(1, "signup_01kd8v4m9gehx8c3cx2bn0qabc", NOW, candidate.payload());
    return Plan.of(signup, ACTIONS, candidate.hasKey()).deliveries().size();
  }
}
