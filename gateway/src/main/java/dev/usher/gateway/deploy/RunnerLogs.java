package dev.usher.gateway.deploy;

import java.util.List;

/**
 * What a handler logged last.
 *
 * @param lines of all runners, by time
 * @param silent the runners that did not answer
 */
public record RunnerLogs(List<Line> lines, List<String> silent) {

  /**
   * One line.
   *
   * @param at when, as the runner's clock had it
   * @param runner what people call the runner
   * @param version number of the handler's version; 0 where it came from a runner's folder
   */
  public record Line(String at, String runner, int version, String level, String text) {}
}
