package dev.usher.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An action planned for signups that were accepted before it was there. */
class BackfillTest {

  @TempDir private Path folder;
  private Rig rig;

  @BeforeEach
  void build() {
    rig = new Rig(folder, 4).start(Rig.action("mail"));
    rig.invoker.slots("at.mail", 8);
  }

  @AfterEach
  void theBooksBalance() throws SQLException {
    rig.end();
  }

  @Test
  void pastSignupsGetTheActionAndNoneIsOpenedAgain() {
    List<String> ids = completed(3);
    rig.configure(Rig.action("mail"), Rig.action("crm"));
    rig.invoker.slots("at.crm", 8);

    assertThat(backfill(order("crm"))).isEqualTo(new Backfill.Report(3, 3, OptionalLong.empty()));

    assertThat(rig.sentSeqs("crm")).containsExactly(1L, 2L, 3L);
    assertThat(rig.line(ids.get(0), "crm").required()).isFalse();
    assertThat(rig.receipt(ids.get(0)).state()).isEqualTo(SignupState.COMPLETED);
    rig.invoker
        .inFlight()
        .forEach(attempt -> rig.invoker.answer(attempt, new Ending(Outcome.REJECTED, "")));
    rig.settle();
    assertThat(rig.receipt(ids.get(2)).state()).isEqualTo(SignupState.COMPLETED);
    assertThat(rig.pipeline.totals().of("crm").dead()).isEqualTo(3);
  }

  @Test
  void doingItTwicePlansNothingTwice() {
    completed(2);
    rig.configure(Rig.action("mail"), Rig.optional("crm"));

    assertThat(backfill(order("crm")).done()).isEqualTo(2);
    assertThat(backfill(order("crm"))).isEqualTo(new Backfill.Report(0, 0, OptionalLong.empty()));
    assertThat(rig.pipeline.totals().of("crm").planned()).isEqualTo(2);
  }

  @Test
  void onlySignupsOfTheTimeAndWithTheKeyAreMeant() {
    completed(1);
    rig.advance(Duration.ofHours(1));
    Instant since = rig.loop.now();
    completed(1);
    rig.advance(Duration.ofHours(1));
    Instant until = rig.loop.now();
    completed(1);
    rig.configure(Rig.action("mail"), Rig.optional("crm"));

    assertThat(matched(Optional.of("username"), since, Optional.of(until))).isEqualTo(1);
    assertThat(matched(Optional.of("username"), since, Optional.empty())).isEqualTo(2);
    assertThat(matched(Optional.of("company"), since, Optional.empty())).isZero();
    assertThat(matched(Optional.of("user\"name"), Instant.EPOCH, Optional.empty())).isZero();
    assertThat(matched(Optional.empty(), Instant.EPOCH, Optional.empty())).isEqualTo(3);
  }

  @Test
  void dryRunPlansNothing() {
    completed(2);
    rig.configure(Rig.action("mail"), Rig.optional("crm"));
    Backfill.Order order = new Backfill.Order(all("crm"), 0, true, Pace.FREE, "local", "");

    assertThat(backfill(order)).isEqualTo(new Backfill.Report(2, 0, OptionalLong.empty()));
    assertThat(rig.pipeline.totals().of("crm").planned()).isZero();
    assertThat(audit()).isEmpty();
  }

  @Test
  void anOrderWithALimitSaysWhereTheNextOneGoesOn() {
    completed(5);
    rig.configure(Rig.action("mail"), Rig.optional("crm"));
    Pace two = new Pace(OptionalInt.empty(), OptionalInt.of(2));

    Backfill.Report first = backfill(new Backfill.Order(all("crm"), 0, false, two, "anna", "x"));
    Backfill.Report second =
        backfill(
            new Backfill.Order(all("crm"), first.next().orElseThrow(), false, two, "anna", ""));

    assertThat(first).isEqualTo(new Backfill.Report(2, 2, OptionalLong.of(2)));
    assertThat(second).isEqualTo(new Backfill.Report(2, 2, OptionalLong.of(4)));
    assertThat(audit())
        .extracting(AuditEntry::token, AuditEntry::verb)
        .containsOnly(tuple("anna", "backfill"));
    assertThat(audit().get(1).detail()).contains("crm for 2 of 2 signups").endsWith("because x");
  }

  @Test
  void aRateIsKept() {
    completed(5);
    rig.configure(Rig.action("mail"), Rig.optional("crm"));
    Future<Backfill.Report> report =
        rig.pipeline.backfill(
            new Backfill.Order(
                all("crm"),
                0,
                false,
                new Pace(OptionalInt.of(2), OptionalInt.empty()),
                "local",
                ""));
    rig.settle();
    assertThat(rig.pipeline.totals().of("crm").planned()).isEqualTo(2);

    rig.advance(Duration.ofSeconds(1));
    assertThat(rig.pipeline.totals().of("crm").planned()).isEqualTo(4);
    rig.advance(Duration.ofSeconds(1));
    assertThat(report.result()).isEqualTo(new Backfill.Report(5, 5, OptionalLong.empty()));
  }

  @Test
  void anUnknownActionIsRefused() {
    Future<Backfill.Report> refused = rig.pipeline.backfill(order("crm"));
    rig.settle();

    assertThat(refused.cause()).isInstanceOf(NoSuchElementException.class);
  }

  private List<String> completed(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              String id = rig.accepted().id();
              rig.answer(Outcome.SUCCEEDED);
              return id;
            })
        .toList();
  }

  private long matched(Optional<String> key, Instant since, Optional<Instant> until) {
    Lacking lacking = new Lacking("crm", key, since, until);
    return backfill(new Backfill.Order(lacking, 0, true, Pace.FREE, "local", "")).matched();
  }

  private static Backfill.Order order(String action) {
    return new Backfill.Order(all(action), 0, false, Pace.FREE, "local", "");
  }

  private static Lacking all(String action) {
    return new Lacking(action, Optional.empty(), Instant.EPOCH, Optional.empty());
  }

  private Backfill.Report backfill(Backfill.Order order) {
    return await(rig.pipeline.backfill(order));
  }

  private List<AuditEntry> audit() {
    return await(
        rig.pipeline.audit(
            new AuditEntry.Filter(Optional.empty(), Optional.empty(), Optional.empty()),
            Long.MAX_VALUE,
            100));
  }

  private <T> T await(Future<T> future) {
    rig.settle();
    assertThat(future.succeeded()).isTrue();
    return future.result();
  }
}
