package dev.usher.gateway.pipeline;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases signups: one by its id, or all of a person, a page at a time. Done means that no file of
 * the journal holds anything of the person any more. Lives on the loop.
 */
public final class Erasures {

  private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
  private static final int PAGE = 200;
  private static final byte[] NOBODY = {};

  private final Loop loop;
  private final Journal journal;
  private final Supplier<List<Change.Notice>> notices;
  private final Consumer<Erasable> onErased;

  /**
   * What is to be erased.
   *
   * @param id the signup with this id
   * @param person every signup with this fingerprint of an e-mail address, where no id is given
   * @param isDryRun only count them
   * @param token name of the token it is done with
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  public record Order(Optional<String> id, byte[] person, boolean isDryRun, String token) {

    /** One signup. */
    public static Order ofSignup(String id, boolean isDryRun, String token) {
      return new Order(Optional.of(id), NOBODY, isDryRun, token);
    }

    /** Every signup of a person. */
    public static Order ofPerson(byte[] person, boolean isDryRun, String token) {
      return new Order(Optional.empty(), person, isDryRun, token);
    }
  }

  /**
   * What was done.
   *
   * @param matched signups found
   * @param done those erased now; one that was erased before is not counted
   */
  public record Report(long matched, long done) {

    private Report plus(long moreMatched, long moreDone) {
      return new Report(matched + moreMatched, done + moreDone);
    }
  }

  /**
   * Starts with nothing to do.
   *
   * @param notices what may have to be told to handlers, by the configuration in force
   * @param onErased told of each signup once its erasure is durable
   */
  Erasures(
      Loop loop,
      Journal journal,
      Supplier<List<Change.Notice>> notices,
      Consumer<Erasable> onErased) {
    this.loop = loop;
    this.journal = journal;
    this.notices = notices;
    this.onErased = onErased;
  }

  Future<Report> carryOut(Order order) {
    Future<Report> report =
        order.id().isPresent() ? one(order, order.id().get()) : next(order, 0, new Report(0, 0));
    // Also where nothing was left to erase: an earlier request may not have come that far.
    return order.isDryRun()
        ? report
        : report.compose(done -> journal.scrub().map(scrubbed -> done));
  }

  private Future<Report> one(Order order, String id) {
    return journal
        .find(id)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(new Report(0, 0))
                    : erase(order, List.of(new Erasable(found.get().signup().seq(), id)))
                        .map(done -> new Report(1, done)));
  }

  private Future<Report> next(Order order, long afterSeq, Report sofar) {
    return journal
        .ofPerson(order.person(), afterSeq, PAGE)
        .compose(
            page ->
                page.isEmpty()
                    ? Future.succeededFuture(sofar)
                    : erase(order, page)
                        .map(done -> sofar.plus(page.size(), done))
                        .compose(report -> next(order, page.get(page.size() - 1).seq(), report)));
  }

  private Future<Long> erase(Order order, List<Erasable> page) {
    if (order.isDryRun()) {
      return Future.succeededFuture(0L);
    }
    List<Change.Notice> owed = notices.get();
    return Batch.of(page.stream().map(signup -> erase(order, signup, owed)).toList())
        .map(Batch::moved);
  }

  private Future<Applied> erase(Order order, Erasable signup, List<Change.Notice> owed) {
    Future<Applied> erased =
        journal
            .write(new Change.Erase(signup.seq(), signup.id(), loop.now(), owed))
            .onSuccess(applied -> erased(signup, applied));
    Change.Audit entry = new Change.Audit(loop.now(), order.token(), "erase", signup.id());
    return Future.all(erased, journal.write(entry)).compose(audited -> erased);
  }

  private void erased(Erasable signup, Applied applied) {
    if (applied.moved()) {
      LOG.info("{} erased", signup.id());
      onErased.accept(signup);
    }
  }
}
