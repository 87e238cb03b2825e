package dev.usher.gateway.http;

import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.SignupFilter;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupState;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a request for signups asks for; throws {@link Refused} where it can't be read. */
final class SignupQuery {

  private static final int USUAL = 100;
  private static final int MAX = 1_000;

  private final Parameters parameters;
  private final Macs macs;

  SignupQuery(MultiMap parameters, Macs macs) {
    this.parameters =
        Parameters.of(parameters, "state", "action", "email", "since", "limit", "after");
    this.macs = macs;
  }

  SignupFilter filter() {
    return new SignupFilter(
        parameters.find("state").map(SignupQuery::state),
        parameters.find("action"),
        parameters.email().map(macs::ofPerson).orElse(new byte[0]),
        parameters.instant("since"));
  }

  int limit() {
    return parameters.limit(USUAL, MAX);
  }

  long before() {
    return parameters.after().orElse(SignupPage.NEWEST);
  }

  private static SignupState state(String word) {
    return Arrays.stream(SignupState.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Parameters.refused("state", "must be one of " + states()));
  }

  private static String states() {
    return Arrays.stream(SignupState.values())
        .map(SignupState::word)
        .collect(Collectors.joining(", "));
  }
}
