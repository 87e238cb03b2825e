package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sees to it that requests with the same idempotency key become one signup. The journal remembers
 * the keys of what was accepted; here is only what is under way, so that a request sent twice at
 * once waits for its twin. Lives on the loop, which is the only one to accept.
 */
final class IdempotentRequests {

  private record UnderWay(Fingerprints request, Future<Accepted> answer) {}

  private final Journal journal;
  private final Function<SignupRecord, Receipt> receipts;
  private final Map<ByteBuffer, UnderWay> underWay = new HashMap<>();

  IdempotentRequests(Journal journal, Function<SignupRecord, Receipt> receipts) {
    this.journal = journal;
    this.receipts = receipts;
  }

  /**
   * Answers a request with the signup that its key stands for; where there is none yet, with a new
   * one. Fails with {@link KeyReused} where the key came before with another body.
   *
   * @param accept accepts a new signup; fails with {@link KeyTaken} when the journal has its key
   */
  Future<Accepted> accept(Fingerprints request, Supplier<Future<Receipt>> accept) {
    ByteBuffer key = ByteBuffer.wrap(request.idempotencyKey());
    UnderWay first = underWay.get(key);
    if (first == null) {
      return begin(key, request, accept);
    }
    if (Arrays.equals(request.body(), first.request().body())) {
      return first.answer().map(answer -> new Accepted(answer.receipt(), true));
    }
    // The first may yet fail, or be the one whose body is the wrong one.
    return first.answer().transform(ended -> accept(request, accept));
  }

  private Future<Accepted> begin(
      ByteBuffer key, Fingerprints request, Supplier<Future<Receipt>> accept) {
    Promise<Accepted> answer = Promise.promise();
    underWay.put(key, new UnderWay(request, answer.future()));
    var unused =
        known(request)
            .compose(known -> known.isPresent() ? answered(known) : accepted(request, accept))
            .onComplete(
                ended -> {
                  underWay.remove(key);
                  answer.handle(ended);
                });
    return answer.future();
  }

  private static Future<Accepted> answered(Optional<Accepted> known) {
    return Future.succeededFuture(known.orElseThrow());
  }

  private Future<Accepted> accepted(Fingerprints request, Supplier<Future<Receipt>> accept) {
    return accept
        .get()
        .map(receipt -> new Accepted(receipt, false))
        .recover(
            failure -> failure instanceof KeyTaken ? taken(request) : Future.failedFuture(failure));
  }

  /**
   * A commit that had failed, and with it the first request, turned out to be durable after all.
   */
  private Future<Accepted> taken(Fingerprints request) {
    return known(request)
        .map(
            known ->
                known.orElseThrow(
                    () ->
                        new JournalUnavailable(
                            "the signup of this key is gone", new IllegalStateException("gone"))));
  }

  private Future<Optional<Accepted>> known(Fingerprints request) {
    return journal
        .findByKey(request.idempotencyKey())
        .map(found -> found.map(one -> replay(request, one)));
  }

  private Accepted replay(Fingerprints request, KeyedSignup found) {
    if (!Arrays.equals(request.body(), found.body())) {
      throw new KeyReused();
    }
    return new Accepted(receipts.apply(found.signup()), true);
  }

  /** The journal has the key already. */
  static final class KeyTaken extends RuntimeException {

    private static final long serialVersionUID = 1;

    KeyTaken() {
      super("the idempotency key is taken", null, false, false);
    }
  }
}
