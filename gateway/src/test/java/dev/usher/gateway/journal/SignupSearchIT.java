package dev.usher.gateway.journal;

import static dev.usher.gateway.journal.JournalContract.NOW;
import static dev.usher.gateway.journal.JournalContract.fresh;
import static dev.usher.gateway.journal.JournalContract.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Fingerprints;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.SignupFilter;
import dev.usher.gateway.pipeline.SignupHistory;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupState;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people find in the journal, and that they find it by its indexes. */
class SignupSearchIT {

  private static final byte[] ADA = {1, 2, 3};
  private static final byte[] BOB = {4, 5, 6};

  @TempDir private Path folder;
  private SteppedJournal journal;

  @BeforeEach
  void open() {
    journal = new SteppedJournal(folder.resolve("journal.db"));
  }

  @AfterEach
  void close() {
    journal.crash();
  }

  @Test
  void signupsComeNewestFirstAPageAtATime() {
    for (long seq = 1; seq <= 5; seq++) {
      accept(seq, ADA, started("mail"));
    }

    SignupPage first = page(SignupFilter.ALL, SignupPage.NEWEST, 2);
    SignupPage second = page(SignupFilter.ALL, first.next().orElseThrow(), 10);

    assertThat(seqs(first)).containsExactly(5L, 4L);
    assertThat(seqs(second)).containsExactly(3L, 2L, 1L);
    assertThat(second.next()).isEmpty();
    assertThat(first.entries().get(0).id()).isEqualTo("signup_5");
    assertThat(first.entries().get(0).deliveries()).hasSize(1);
  }

  @Test
  void stateFollowsFromTheRequiredDeliveries() {
    accept(1, ADA, started("mail"));
    write(JournalContract.end(1, 1, Outcome.SUCCEEDED, JournalContract.succeeded(1)));
    accept(2, ADA, started("mail"));
    write(JournalContract.end(2, 1, Outcome.REJECTED, JournalContract.dead(1)));
    accept(3, ADA, fresh("mail", true), fresh("crm", true));
    write(new Change.Cancel(3, "signup_3", List.of("crm"), audit()));
    accept(4, ADA, started("mail"));
    accept(5, ADA, fresh("mail", true));
    accept(6, ADA, fresh("crm", false));
    accept(7, ADA);

    assertThat(seqs(page(in(SignupState.COMPLETED)))).containsExactly(7L, 6L, 1L);
    assertThat(seqs(page(in(SignupState.FAILED)))).containsExactly(3L, 2L);
    assertThat(seqs(page(in(SignupState.OPEN)))).containsExactly(5L, 4L);
  }

  @Test
  void severalPendingDeliveriesOfOneSignupHideNoOther() {
    for (long seq = 1; seq <= 400; seq++) {
      accept(seq, ADA, fresh("mail", true), fresh("crm", true), fresh("list", true));
    }
    accept(401, ADA, started("mail"));

    assertThat(seqs(all(in(SignupState.OPEN)))).hasSize(401).isSortedAccordingTo(newestFirst());
  }

  @Test
  void filterChoosesByActionAndTime() {
    accept(1, ADA, NOW.minusSeconds(7_300), fresh("mail", true));
    accept(2, ADA, NOW.minusSeconds(60), fresh("mail", true));
    accept(3, ADA, NOW.minusSeconds(120), fresh("crm", true));
    accept(4, ADA, NOW, fresh("mail", true), fresh("crm", true));

    assertThat(seqs(page(owing("crm")))).containsExactly(4L, 3L);
    assertThat(seqs(page(owing("nothing")))).isEmpty();
    assertThat(seqs(page(since(NOW.minusSeconds(90))))).containsExactly(4L, 2L);
  }

  @Test
  void personIsFoundAmongOthersAndAcrossThousands() throws SQLException {
    accept(3, BOB, fresh("mail", true));
    accept(4, ADA, fresh("mail", true));
    accept(5, ADA, fresh("mail", true));
    accept(5_000, ADA, fresh("mail", true));
    accept(50_000_000, BOB, fresh("mail", true));

    assertThat(seqs(all(of(ADA)))).containsExactly(5_000L, 5L, 4L);
    assertThat(seqs(all(of(BOB)))).containsExactly(50_000_000L, 3L);
    assertThat(seqs(all(of(new byte[] {9})))).isEmpty();
  }

  @Test
  void workForOnePageIsBoundedAndTheNextOneGoesOn() throws SQLException {
    accept(1, ADA, fresh("rare", true));
    fill(2, 12_000);

    SignupPage first = page(owing("rare"), SignupPage.NEWEST, 10);

    assertThat(first.entries()).as("looked at 10,000").isEmpty();
    assertThat(first.next()).hasValue(2_002);
    assertThat(seqs(page(owing("rare"), first.next().orElseThrow(), 10))).containsExactly(1L);
  }

  @Test
  void historyHasEveryAttemptWithItsEnd() {
    accept(1, ADA, started("mail"), fresh("crm", false));
    write(JournalContract.end(1, 1, Outcome.FAILED, JournalContract.again(NOW, 1)));
    write(JournalContract.start(1, Lane.TIMED, 2));

    SignupHistory history = history("signup_1").orElseThrow();

    assertThat(history.signup().seq()).isEqualTo(1);
    assertThat(history.revision()).isEqualTo(7);
    assertThat(history.isErased()).isFalse();
    SignupHistory.OfDelivery mail = history.deliveries().get(0);
    assertThat(mail.attempts())
        .containsExactly(
            new SignupHistory.OfAttempt(
                1,
                Optional.of(NOW),
                Optional.of(Duration.ofMillis(5)),
                "instance-1",
                Optional.of(Outcome.FAILED),
                "no luck"),
            new SignupHistory.OfAttempt(
                2, Optional.of(NOW), Optional.empty(), "instance-2", Optional.empty(), ""));
    assertThat(history.deliveries().get(1).attempts()).isEmpty();
    assertThat(history("signup_9")).isEmpty();
  }

  @Test
  void historyHasTheResultAndSurvivesARedrive() {
    accept(1, ADA, started("mail"));
    write(JournalContract.end(1, 1, Outcome.REJECTED, JournalContract.dead(1)));
    write(new Change.Repair(1, "signup_1", "mail", dev.usher.gateway.pipeline.Repair.REDRIVE, NOW));
    assertThat(numbers(mail())).containsExactly(1);
    write(JournalContract.start(1, Lane.REDRIVEN, 1));
    write(JournalContract.end(1, 1, Outcome.SUCCEEDED, JournalContract.succeeded(1)));

    assertThat(numbers(mail())).containsExactly(1, 1);
    assertThat(mail().result()).isEqualTo("\"done\"");
    assertThat(mail().attempts().get(1).outcome()).contains(Outcome.SUCCEEDED);
  }

  @Test
  void refusedAttemptNeverBegan() {
    accept(1, ADA, started("mail"));
    write(JournalContract.end(1, 1, Outcome.REFUSED, JournalContract.again(NOW, 0)));

    assertThat(mail().attempts()).isEmpty();
  }

  @Test
  void longHistoryKeepsItsBeginningAndItsEnd() {
    accept(1, ADA, started("mail"));
    for (int attempt = 1; attempt <= 30; attempt++) {
      write(JournalContract.end(1, attempt, Outcome.FAILED, JournalContract.again(NOW, attempt)));
      write(JournalContract.start(1, Lane.TIMED, attempt + 1));
    }

    assertThat(numbers(mail())).startsWith(1, 2, 3, 12, 13).endsWith(30, 31).hasSize(23);
    assertThat(mail().omitted()).isEqualTo(8);
  }

  @Test
  void everySearchGoesByAnIndexWithoutSortingItsTable() throws SQLException {
    for (String query : List.of(SignupSearch.OPEN, SignupSearch.FAILED, SignupSearch.PERSON)) {
      assertThat(plan(query)).as(query).noneMatch(SignupSearchIT::readsAWholeTable);
    }
    assertThat(plan(SignupSearch.OPEN))
        .anyMatch(step -> step.contains("COVERING INDEX running (seq<?)"))
        .anyMatch(step -> step.contains("COVERING INDEX pending (seq<?)"));
    assertThat(plan(SignupSearch.FAILED))
        .anyMatch(step -> step.contains("COVERING INDEX dead (seq<?)"))
        .anyMatch(step -> step.contains("COVERING INDEX cancelled (seq<?)"));
    assertThat(plan(SignupSearch.PERSON))
        .containsExactly(
            "SEARCH signup USING COVERING INDEX person (<expr>=? AND person=? AND rowid<?)");
    assertThat(plan(SignupSearch.ALL))
        .containsExactly("SEARCH signup USING INTEGER PRIMARY KEY (rowid<?)");
    assertThat(plan(HistoryReader.SUPERSEDED)).noneMatch(step -> step.startsWith("SCAN attempt"));
  }

  private static boolean readsAWholeTable(String step) {
    return step.startsWith("SCAN delivery") || step.startsWith("SCAN signup");
  }

  private void accept(long seq, byte[] person, Change.Planned... planned) {
    accept(seq, person, NOW, planned);
  }

  private void accept(long seq, byte[] person, Instant at, Change.Planned... planned) {
    Signup signup = new Signup(seq, "signup_" + seq, at, "{}".getBytes(StandardCharsets.UTF_8));
    write(new Change.Accept(signup, 7, List.of(planned), Fingerprints.ofPerson(person)));
  }

  private void write(Change change) {
    Future<Applied> written = journal.write(change);
    journal.commit();
    assertThat(written.result().moved()).isTrue();
  }

  /** Signups without deliveries, many at once. */
  private void fill(long first, int count) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                WITH RECURSIVE one(n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM one WHERE n < ?2)
                INSERT INTO signup (seq, id, accepted_at, config_rev, payload)
                SELECT n, 'signup_' || n, 0, 1, '{}' FROM one
                """)) {
      insert.setLong(1, first);
      insert.setLong(2, first + count - 1);
      insert.executeUpdate();
    }
  }

  private SignupPage page(SignupFilter filter) {
    return page(filter, SignupPage.NEWEST, 100);
  }

  private SignupPage page(SignupFilter filter, long before, int limit) {
    return await(journal.signups(filter, before, limit));
  }

  private SignupPage all(SignupFilter filter) {
    List<SignupPage.Entry> found = new ArrayList<>();
    OptionalLong next = OptionalLong.of(SignupPage.NEWEST);
    while (next.isPresent()) {
      SignupPage page = page(filter, next.getAsLong(), 100);
      found.addAll(page.entries());
      next = page.next();
    }
    return new SignupPage(found, OptionalLong.empty());
  }

  private Optional<SignupHistory> history(String id) {
    return await(journal.history(id));
  }

  private SignupHistory.OfDelivery mail() {
    return history("signup_1").orElseThrow().deliveries().get(0);
  }

  private <T> T await(Future<T> future) {
    journal.settle();
    return future.result();
  }

  private List<String> plan(String query) throws SQLException {
    List<String> steps = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "EXPLAIN QUERY PLAN " + query.replaceAll("LIMIT \\?\\d", "LIMIT 10"))) {
      while (row.next()) {
        steps.add(row.getString("detail"));
      }
    }
    return steps;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.db"));
  }

  private static List<Long> seqs(SignupPage page) {
    return page.entries().stream().map(SignupPage.Entry::seq).toList();
  }

  private static List<Integer> numbers(SignupHistory.OfDelivery delivery) {
    return delivery.attempts().stream().map(SignupHistory.OfAttempt::number).toList();
  }

  private static java.util.Comparator<Long> newestFirst() {
    return java.util.Comparator.reverseOrder();
  }

  private static SignupFilter in(SignupState state) {
    return new SignupFilter(Optional.of(state), Optional.empty(), new byte[0], Optional.empty());
  }

  private static SignupFilter owing(String action) {
    return new SignupFilter(Optional.empty(), Optional.of(action), new byte[0], Optional.empty());
  }

  private static SignupFilter of(byte[] person) {
    return new SignupFilter(Optional.empty(), Optional.empty(), person, Optional.empty());
  }

  private static SignupFilter since(Instant since) {
    return new SignupFilter(Optional.empty(), Optional.empty(), new byte[0], Optional.of(since));
  }

  private static Change.Audit audit() {
    return new Change.Audit(NOW, "local", "cancel", "signup_3");
  }
}
