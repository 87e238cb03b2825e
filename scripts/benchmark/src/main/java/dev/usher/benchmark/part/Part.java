package dev.usher.benchmark.part;

import dev.usher.benchmark.Bench;

/** One thing that is measured: once in every round, in turn with the others. */
public interface Part {

  /** Its name on the command line. */
  String name();

  /** Its heading in the report. */
  String title();

  /** What its figures mean, for the report. */
  String meaning();

  /** What has to be there before the first round. */
  default void prepare(Bench bench) {}

  /** One round. Whatever still runs after it is ended. */
  void measure(Bench bench);
}
