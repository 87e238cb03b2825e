package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** A journal whose pages say what the test says, and a window's owner that takes notes. */
final class PagesByHand implements Journal, WindowOwner {

  final Set<Long> inHand = new HashSet<>();
  final Deque<Promise<Page>> asked = new ArrayDeque<>();
  final Deque<Long> askedAfter = new ArrayDeque<>();
  final List<Corrupt> corrupt = new ArrayList<>();
  int filled;
  int unreadable;

  void answer(boolean isLast, Delivery... deliveries) {
    asked.remove().complete(new Page(List.of(deliveries), isLast));
  }

  @Override
  public void onApplied(BiConsumer<Change, Applied> told) {}

  @Override
  public boolean isInHand(long seq) {
    return inHand.contains(seq);
  }

  @Override
  public void filled() {
    filled++;
  }

  @Override
  public void corrupt(List<Corrupt> rows) {
    corrupt.addAll(rows);
  }

  @Override
  public void unreadable() {
    unreadable++;
  }

  @Override
  public Future<Page> fresh(String action, long afterSeq, Page.Limit limit) {
    askedAfter.add(afterSeq);
    return ask();
  }

  @Override
  public Future<Page> timed(String action, Lane lane, Page.Limit limit) {
    return ask();
  }

  @Override
  public Future<Applied> write(Change change) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<KeyedSignup>> findByKey(byte[] key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<SignupRecord>> find(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Page> running(long afterSeq, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<DeadLetter>> dead(
      DeadLetter.Filter filter, DeadLetter.Position after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<DeadLetter.Group>> deadGroups(DeadLetter.Filter filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Lacking.Page> lacking(Lacking lacking, long afterSeq, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<Erasable>> ofPerson(byte[] person, long afterSeq, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<SignupPage> signups(SignupFilter filter, long before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<List<AuditEntry>> audit(AuditEntry.Filter filter, long before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> scrub() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<Instant>> oldestDue(String action, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Optional<SignupHistory>> history(String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Space space() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Totals totals() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Pressure pressure() {
    throw new UnsupportedOperationException();
  }

  @Override
  public long lastSeq() {
    throw new UnsupportedOperationException();
  }

  private Future<Page> ask() {
    Promise<Page> page = Promise.promise();
    asked.add(page);
    return page.future();
  }
}
