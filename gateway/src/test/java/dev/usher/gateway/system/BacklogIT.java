package dev.usher.gateway.system;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Calm;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.Gateway;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.ScriptedHandler;
import dev.usher.gateway.system.fixture.ScriptedHandler.Seen;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.wire.DeliveryFrame;
import dev.usher.wire.OutcomeFrame.Verdict;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More is owed than a gateway holds in memory. */
class BacklogIT {

  private static final int SIGNUPS = 5_000;

  /** With {@link #PADDING} each these are 100 MB of payload. */
  private static final int MANY = 50_000;

  private static final int PADDING = 2_000;

  private static final long HEAP = 48L << 20;

  /** Waiting signups after the first one, and the books as if the gateway had written them. */
  private static final List<String> FILL =
      Stream.of(
              """
              WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < MANY)
              INSERT INTO signup (seq, id, accepted_at, config_rev, payload)
              SELECT seq + i, 'signup_' || printf('%026d', i), accepted_at, config_rev, CAST(printf(
                '{"username":"Ada","email":"a%d@example.com","note":"%.*c"}', i, PADDING, 'x')
                AS BLOB)
              FROM n CROSS JOIN (SELECT * FROM signup LIMIT 1)
              """,
              """
              INSERT INTO delivery (seq, action, required, state, lane, due, attempts)
              SELECT signup.seq, action, required, 0, 0, 0, 0
              FROM signup CROSS JOIN (SELECT * FROM delivery LIMIT 1) AS first
              WHERE signup.seq > first.seq
              """,
              "UPDATE total SET n = n + MANY WHERE kind IN ('ACCEPTED', 'SEQ', 'FRESH')")
          .map(sql -> sql.replace("MANY", "" + MANY).replace("PADDING", "" + PADDING))
          .toList();

  @RegisterExtension
  final Cluster cluster =
      new Cluster()
          .actions(
              "  audit: { required: true, address: signup.audit,",
              "    retry: { first: 100ms, factor: 2, max: 1s, giveUpAfter: 1h } }");

  @Test
  void backlogOfManyWindowsOutlivesACrashAndGoesOutInOrderOfAcceptance() {
    Gateway first = cluster.startGateway();
    Load load = Load.of(first.client(), SIGNUPS, Signups::person);
    first.process().kill9();
    GatewayClient client = cluster.startGateway().client();
    Books before = client.books();

    ScriptedHandler handler = cluster.startHandler("signup.audit", 32, BacklogIT::failSome);
    Load more = Load.of(client, 500, Signups::person);
    Books books = client.awaitSettled(Duration.ofSeconds(60));

    assertThat(load.statuses()).containsOnlyKeys(202);
    assertThat(before.accepted()).isEqualTo(SIGNUPS);
    assertThat(before.pending()).isEqualTo(SIGNUPS);
    assertThat(books.areBalanced()).as(books.toString()).isTrue();
    assertThat(books.completed()).isEqualTo(SIGNUPS + more.count());
    assertThat(client.attempts("lost", "timed-out")).isZero();
    assertThat(firstAttempts(handler)).containsExactlyElementsOf(inOrderOfAcceptance());
    assertThat(attemptsOfEach(handler))
        .as("each is attempted once, and again only after a failure")
        .allSatisfy(
            attempts ->
                assertThat(attempts)
                    .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, attempts.size()).boxed().toList())
                    .hasSizeLessThanOrEqualTo(3));
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.journal().integrity()).isEqualTo("ok");
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  @Test
  void moreWaitsThanTheHeapHasRoomForAndAllOfItGoesOutInOrder() {
    Gateway first = cluster.heap("48m").startGateway();
    String oldest = first.client().accept(Signups.person(0));
    first.process().terminate();
    first.process().awaitEnd();
    cluster.journal().change(FILL);
    GatewayClient client = cluster.startGateway().client();

    Books before = client.books();
    String newest = client.accept(Signups.person(1));
    ScriptedHandler handler =
        cluster.startHandler(
            "signup.audit", 256, item -> Future.succeededFuture(Verdict.SUCCEEDED));
    Books books = client.awaitSettled(Duration.ofSeconds(60));

    assertThat(client.metric("jvm_memory_max_bytes", "area=\"heap\"")).isLessThanOrEqualTo(HEAP);
    assertThat(before.pending()).isEqualTo(MANY + 1);
    assertThat(books.completed()).isEqualTo(MANY + 2).isEqualTo(books.accepted());
    assertThat(client.attempts("lost", "timed-out", "failed")).isZero();
    assertThat(firstAttempts(handler))
        .startsWith(oldest)
        .endsWith(newest)
        .containsExactlyElementsOf(inOrderOfAcceptance());
    assertThat(cluster.journal().wrongTotals()).isEmpty();
    assertThat(cluster.processes()).flatExtracting(Calm::alarms).isEmpty();
  }

  /** A fifth of the deliveries fails twice; which ones follows from their ids. */
  private static Future<Verdict> failSome(DeliveryFrame.Item item) {
    boolean fails = item.delivery().hashCode() % 5 == 0 && item.attempt() < 3;
    return Future.succeededFuture(fails ? Verdict.FAILED : Verdict.SUCCEEDED);
  }

  private static List<String> firstAttempts(ScriptedHandler handler) {
    return handler.seen().stream().filter(seen -> seen.attempt() == 1).map(Seen::signup).toList();
  }

  private static Iterable<List<Integer>> attemptsOfEach(ScriptedHandler handler) {
    return handler.seen().stream()
        .collect(groupingBy(Seen::delivery, mapping(Seen::attempt, toList())))
        .values();
  }

  private List<String> inOrderOfAcceptance() {
    return cluster.journal().query("SELECT id FROM signup ORDER BY seq");
  }
}
