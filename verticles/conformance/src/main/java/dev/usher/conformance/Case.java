package dev.usher.conformance;

import java.util.function.Consumer;

/**
 * One thing that every handler must do.
 *
 * @param name as it stands in the table
 * @param examination returns where the handler did it; throws {@link NotConforming} or {@link
 *     NotExamined} otherwise
 */
record Case(String name, Consumer<Trial> examination) {

  /** Examines a handler. */
  Result examine(Trial trial) {
    String handler = trial.subject().name();
    try {
      examination.accept(trial);
      return Result.passed(handler, name);
    } catch (NotConforming | ConformanceFailed e) {
      return Result.failed(handler, name, String.valueOf(e.getMessage()));
    } catch (NotExamined e) {
      return Result.skipped(handler, name, String.valueOf(e.getMessage()));
    }
  }
}
