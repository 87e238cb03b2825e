package dev.usher.benchmark;

import java.time.Duration;
import java.util.List;

/**
 * How much of everything is measured.
 *
 * @param warmUp load before each measurement of a process that has just started
 * @param time length of a measurement under full load
 * @param calmTime length of a measurement at a low rate, where samples are few
 * @param idle how long a process is left alone before its memory is read
 * @param connections how many clients at once, least first
 * @param waiting deliveries of the backlog
 * @param settled sizes of the journal, in settled signups; the first is none
 */
public record Scale(
    int rounds,
    Duration warmUp,
    Duration time,
    Duration calmTime,
    Duration idle,
    List<Integer> connections,
    long waiting,
    List<Long> settled) {

  /** Connections of the figure that stands for all. */
  public static final int USUAL_CONNECTIONS = 64;

  static Scale of(Options options) {
    boolean isQuick = options.isQuick();
    return new Scale(
        options.rounds(),
        Duration.ofSeconds(isQuick ? 2 : 20),
        options.time(),
        options.time().multipliedBy(isQuick ? 1 : 3),
        Duration.ofSeconds(isQuick ? 1 : 10),
        isQuick ? List.of(USUAL_CONNECTIONS) : List.of(1, 16, USUAL_CONNECTIONS, 256),
        options.waiting(),
        sizes(options.settled()));
  }

  private static List<Long> sizes(long most) {
    return most >= 10_000 ? List.of(0L, most / 10, most) : List.of(0L, most);
  }
}
