package dev.usher.gateway.cli;

import dev.usher.gateway.pipeline.Cause;
import dev.usher.gateway.pipeline.SignupState;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The words that an option takes, for the shell's completion. */
abstract class Words implements Iterable<String> {

  private final List<String> all;

  private Words(Stream<String> all) {
    this.all = all.toList();
  }

  @Override
  public Iterator<String> iterator() {
    return all.iterator();
  }

  /** Why deliveries are dead. */
  static final class Causes extends Words {
    Causes() {
      super(Stream.of(Cause.values()).map(Cause::word));
    }
  }

  /** How signups stand. */
  static final class SignupStates extends Words {
    SignupStates() {
      super(Stream.of(SignupState.values()).map(SignupState::word));
    }
  }
}
