package dev.usher.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

  /** Every case's result, handler by handler. */
  List<Result> run() {
    gateway.start();
    trials.forEach(Trial::startHandler);
    List<Result> results =
        new ArrayList<>(together(List.of(new Case("start", Trial::awaitHandler)), trials));
    List<Trial> there = trials.stream().filter(trial -> hasPassed(trial, results)).toList();
    results.addAll(together(EverydayCases.ALL, there));
    results.addAll(together(List.of(Drain.CASE), there));
    if (!there.isEmpty()) {
      results.addAll(together(List.of(new Reconnect(gateway, there.size()).inTable()), there));
    }
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

  private List<Result> together(List<Case> cases, List<Trial> trials) {
    List<CompletableFuture<Result>> running =
        trials.stream().flatMap(trial -> cases.stream().map(one -> begin(one, trial))).toList();
    return running.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Result> begin(Case one, Trial trial) {
    return CompletableFuture.supplyAsync(() -> one.examine(trial), threads);
  }

  /** Ends everything that was started. */
  @Override
  public void close() {
    trials.forEach(Trial::end);
    gateway.kill();
    threads.shutdownNow();
  }
}
