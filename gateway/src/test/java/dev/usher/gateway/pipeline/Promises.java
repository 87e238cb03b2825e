package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.fixture.BookCheck;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a pipeline promises, held against what becomes durable and what it sends. */
final class Promises {

  private record Sent(int attempt, Outcome outcome) {}

  private record Request(ByteBuffer key, ByteBuffer body) {}

  private final BookCheck books;
  private final Map<String, Sent> latest = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();
  private final Set<String> succeeded = new HashSet<>();
  private final Map<Long, String> ids = new HashMap<>();
  private final List<String> accepted = new ArrayList<>();
  private final Map<String, Request> requests = new HashMap<>();
  private final Map<String, Long> firstStarts = new HashMap<>();
  private final Set<String> divided = new HashSet<>();

  /** Attempts that deliveries had when it was settled that no other follows. */
  private final Map<String, Integer> unwanted = new HashMap<>();

  Promises(BookCheck books) {
    this.books = books;
  }

  /** Ids of every signup that became durable, in order. */
  List<String> accepted() {
    return accepted;
  }

  /** Whether the journal removed a signup that it had. */
  boolean wasPurged(String id) {
    return ids.entrySet().stream()
        .filter(one -> one.getValue().equals(id))
        .anyMatch(one -> books.wasPurged(one.getKey()));
  }

  /** How a handler answers an attempt; nobody else knows it yet. */
  void answered(Attempt attempt, Outcome outcome) {
    String id = attempt.delivery().id();
    latest.put(id, new Sent(attempt.number(), outcome));
    if (outcome.isUnknown()) {
      unknown.add(id);
    }
  }

  /** The process died while it ran. */
  void died(Attempt attempt) {
    unknown.add(attempt.delivery().id());
  }

  /** From now on there may be a canary that performs an action, too. */
  void divided(String action) {
    divided.add(action);
  }

  /** What must hold when an attempt leaves. */
  void sending(Attempt attempt) {
    String id = attempt.delivery().id();
    String action = attempt.delivery().action();
    books.isRunning(attempt.delivery().signup().seq(), action, attempt.number());
    Optional.ofNullable(latest.get(id))
        .ifPresent(
            before ->
                assertThat(attempt.number())
                    .as("attempt of %s after %s", id, before)
                    .isGreaterThanOrEqualTo(
                        before.outcome() == Outcome.REFUSED
                            ? before.attempt()
                            : before.attempt() + 1));
    assertThat(attempt.number())
        .as("attempt of %s, which is not wanted any more", id)
        .isLessThanOrEqualTo(unwanted.getOrDefault(id, Integer.MAX_VALUE));
    assertThat(attempt.delivery().signup().isErased())
        .as("%s goes without a payload", id)
        .isEqualTo(Action.isNotice(action));
    if (action.equals("once")) {
      assertThat(unknown).as("sent again although it may be done").doesNotContain(id);
    }
  }

  /** What must hold when a change has become durable, and what it promises from then on. */
  void durable(Change change) {
    if (change instanceof Change.Accept accept) {
      accepted(accept);
    } else if (change instanceof Change.Start start && start.lane() == Lane.FRESH) {
      first(start.action(), start.seq());
    } else if (change instanceof Change.End end) {
      if (end.step().state() == DeliveryState.SUCCEEDED) {
        succeeded(end.seq(), end.action());
      }
    } else if (change instanceof Change.LateSuccess late) {
      succeeded(late.seq(), late.action());
    } else if (change instanceof Change.Repair repair) {
      repaired(repair);
    } else if (change instanceof Change.Cancel || change instanceof Change.Erase) {
      isUnwanted(change.seq());
    }
  }

  /** The answer to a request with a key is the one signup of that key and that body. */
  void answeredOnce(Fingerprints request, Receipt receipt) {
    Request asked = request(request);
    assertThat(requests).as("signup of a key").containsEntry(receipt.id(), asked);
  }

  private void accepted(Change.Accept accept) {
    Signup signup = accept.signup();
    assertThat(ids.put(signup.seq(), signup.id())).as("accepted twice").isNull();
    accepted.add(signup.id());
    if (accept.fingerprints().hasKey()) {
      requests.put(signup.id(), request(accept.fingerprints()));
    }
    accept.deliveries().stream()
        .filter(planned -> !planned.startedOn().isEmpty())
        .forEach(planned -> first(planned.action(), signup.seq()));
  }

  private static Request request(Fingerprints of) {
    return new Request(ByteBuffer.wrap(of.idempotencyKey()), ByteBuffer.wrap(of.body()));
  }

  /** A person may send again what may be done, and its attempts start afresh. */
  private void repaired(Change.Repair repair) {
    String id = ids.get(repair.seq()) + "." + repair.action();
    switch (repair.repair()) {
      case REDRIVE -> {
        latest.remove(id);
        unknown.remove(id);
      }
      case DISCARD -> isUnwanted(repair.seq());
      case MARK_DONE -> succeeded(repair.seq(), repair.action());
    }
  }

  private void succeeded(long seq, String action) {
    assertThat(succeeded.add(seq + "." + action))
        .as("%s.%s has succeeded once", seq, action)
        .isTrue();
  }

  private void isUnwanted(long seq) {
    books
        .unwanted(seq)
        .forEach((action, attempts) -> unwanted.put(ids.get(seq) + "." + action, attempts));
  }

  /**
   * First attempts start in the order of acceptance; with a canary on each track only, as long as
   * neither its share changes nor it goes.
   */
  private void first(String action, long seq) {
    if (divided.contains(action)) {
      return;
    }
    Long before = firstStarts.put(action, seq);
    assertThat(seq)
        .as("first attempts of %s in order", action)
        .isGreaterThan(before == null ? 0 : before);
  }
}
