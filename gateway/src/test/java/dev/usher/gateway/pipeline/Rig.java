package dev.usher.gateway.pipeline;

import dev.usher.gateway.fixture.BookCheck;
import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.fixture.ScriptedInvoker;
import dev.usher.gateway.journal.SteppedJournal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A whole pipeline on the real tables, moved by hand. */
final class Rig {

  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final Retry RETRY =
      new Retry(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), Duration.ofMinutes(10));

  final ManualLoop loop = new ManualLoop();
  final List<String> counted = new ArrayList<>();
  private final Path file;
  private final int window;
  private int ids;
  SteppedJournal journal;
  ScriptedInvoker invoker = new ScriptedInvoker();
  Pipeline pipeline;

  Rig(Path folder, int window) {
    this.file = folder.resolve("journal.db");
    this.window = window;
    build(new Limits(1 << 20, Duration.ofMillis(500), 100_000, window));
  }

  static Action action(String name) {
    return action(name, true, 8, true);
  }

  static Action optional(String name) {
    return action(name, false, 8, true);
  }

  /** An optional action that waits for another one. */
  static Action after(Action before, String name, Duration delay) {
    return after(before, optional(name), delay);
  }

  static Action after(Action before, Action action, Duration delay) {
    return new Action(
        action.name(),
        action.required(),
        action.key(),
        action.address(),
        Optional.of(before.name()),
        delay,
        action.policy());
  }

  /** A required action whose handlers hear of erased signups. */
  static Action told(String name) {
    Action action = action(name);
    return new Action(
        name,
        true,
        name,
        action.address(),
        Optional.empty(),
        action.delay(),
        action.policy(),
        Optional.of(action.address() + ".erased"));
  }

  static Action action(String name, boolean required, int concurrency, boolean isRepeatable) {
    return new Action(
        name, required, name, "at." + name, TIMEOUT, RETRY, concurrency, isRepeatable);
  }

  /** Starts with these actions in force and everything at rest. */
  Rig start(Action... actions) {
    Future<Void> started = pipeline.start(new Actions(List.of(actions)), 1);
    settle();
    if (!started.succeeded()) {
      throw new AssertionError("not started", started.cause());
    }
    return this;
  }

  void configure(Action... actions) {
    pipeline.configure(new Actions(List.of(actions)), 2);
  }

  /** A request comes in; nothing is committed yet. */
  Future<Receipt> accept(String... keys) {
    byte[] payload = "{\"username\":\"ada\"}".getBytes(StandardCharsets.UTF_8);
    return pipeline.accept(new Candidate(payload, Set.of(keys)::contains));
  }

  /** A request comes in and everything that follows from it at once happens. */
  Receipt accepted(String... keys) {
    Future<Receipt> accepted = accept(keys);
    settle();
    if (!accepted.succeeded()) {
      throw new AssertionError("not accepted", accepted.cause());
    }
    return accepted.result();
  }

  void settle() {
    journal.settle();
  }

  void advance(Duration by) {
    loop.advance(by);
    settle();
  }

  /** The handler answers the one attempt in flight, and what follows at once happens. */
  void answer(Outcome outcome) {
    invoker.answer(outcome);
    settle();
  }

  Receipt receipt(String id) {
    Future<Optional<Receipt>> found = pipeline.receipt(id);
    settle();
    return found.result().orElseThrow();
  }

  Receipt.Line line(String id, String action) {
    return receipt(id).lines().stream()
        .filter(line -> line.action().equals(action))
        .findFirst()
        .orElseThrow();
  }

  List<Long> sentSeqs(String action) {
    return invoker.sent().stream()
        .filter(attempt -> attempt.delivery().action().equals(action))
        .map(attempt -> attempt.delivery().signup().seq())
        .toList();
  }

  /** Everything that can happen at once happens, the books balance, and the journal is closed. */
  void end() throws SQLException {
    settle();
    checkBooks();
    journal.crash();
  }

  void checkBooks() throws SQLException {
    try (BookCheck books = new BookCheck(file)) {
      books.check(pipeline.totals());
    }
  }

  /** The process dies and another one opens the same file; nothing is started yet. */
  void crash() {
    crash(new Limits(1 << 20, Duration.ofMillis(500), 100_000, window));
  }

  void crash(Limits limits) {
    journal.crash();
    loop.forgetTimers();
    invoker = new ScriptedInvoker();
    build(limits);
  }

  private void build(Limits limits) {
    journal = new SteppedJournal(file);
    pipeline =
        new Pipeline(
            loop,
            journal,
            invoker,
            limits,
            () -> 0.5,
            () -> "signup_" + ++ids,
            (action, outcome) -> counted.add(action + " " + outcome.word()));
  }
}
