package dev.usher.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** All cases for some handlers, on one gateway. */
final class Examination implements AutoCloseable {

  private final Gateway gateway;
  private final List<Trial> trials;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "case");
            thread.setDaemon(true);
            return thread;
          });

  Examination(Site site, List<Subject> subjects) {
    gateway = new Gateway(site);
    trials = subjects.stream().map(subject -> new Trial(subject, site, gateway)).toList();
  }

  /**
   * Every case's result. Nothing is timed while processes start, so the handlers begin together;
   * then each goes through its cases at its own pace, until the gateway ends for all of them.
   */
  List<Result> run() {
    gateway.start();
    trials.forEach(Trial::startHandler);
    Case start = new Case("start", Trial::awaitHandler);
    List<Result> results =
        new ArrayList<>(together(trials, trial -> List.of(start.examine(trial))));
    List<Trial> there = trials.stream().filter(trial -> hasPassed(trial, results)).toList();
    Reconnect reconnect = new Reconnect(gateway, there.size());
    results.addAll(together(there, trial -> examine(trial, reconnect)));
    return results;
  }

  private List<Result> examine(Trial trial, Reconnect reconnect) {
    List<CompletableFuture<Result>> everyday =
        EverydayCases.ALL.stream().map(one -> begin(() -> one.examine(trial))).toList();
    List<Result> results = new ArrayList<>();
    everyday.forEach(result -> results.add(result.join()));
    results.add(Drain.CASE.examine(trial));
    results.add(reconnect.inTable().examine(trial));
    return results;
  }

  /** What the handlers printed last, each under its name. */
  String lastLines(List<String> names) {
    StringBuilder lines = new StringBuilder();
    for (Trial trial : trials) {
      if (names.contains(trial.subject().name())) {
        lines.append("--- ").append(trial.subject().name()).append('\n');
        lines.append(trial.lastLines()).append('\n');
      }
    }
    return lines.toString();
  }

  private static boolean hasPassed(Trial trial, List<Result> results) {
    return results.stream()
        .filter(result -> result.handler().equals(trial.subject().name()))
        .allMatch(result -> result.verdict() == Result.Verdict.PASSED);
  }

  private List<Result> together(List<Trial> trials, Function<Trial, List<Result>> work) {
    List<CompletableFuture<List<Result>>> running =
        trials.stream().map(trial -> begin(() -> work.apply(trial))).toList();
    return running.stream().flatMap(results -> results.join().stream()).toList();
  }

  private <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  /** Ends everything that was started. */
  @Override
  public void close() {
    trials.forEach(Trial::end);
    gateway.kill();
    threads.shutdownNow();
  }
}
