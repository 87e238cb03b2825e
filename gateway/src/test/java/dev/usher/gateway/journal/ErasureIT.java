package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Fingerprints;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.NotScrubbed;
import dev.usher.gateway.pipeline.Outcome;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Step;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a person in the bytes of the journal's files. */
class ErasureIT {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String MARK = "zyxwv-adalovelace";
  private static final byte[] FINGERPRINT = "fngrprnt-of-ada!".getBytes(StandardCharsets.US_ASCII);

  @TempDir private Path folder;
  private final ManualLoop loop = new ManualLoop();
  private SqliteJournal journal;

  @BeforeEach
  void open() throws SQLException {
    journal = SqliteJournal.open(file(), 0, loop, new Nobody());
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
  }

  @Test
  void nothingOfThePersonIsLeftInAnyFileHoweverOftenItsRowsMoved() throws IOException {
    churn(600, new Random(11));
    assertThat(filesWith(MARK)).isNotEmpty();
    assertThat(filesWith(new String(FINGERPRINT, StandardCharsets.US_ASCII))).isNotEmpty();

    for (long seq = 3; seq <= 600; seq += 3) {
      assertThat(
              await(journal.write(new Change.Erase(seq, "signup_" + seq, NOW, List.of()))).moved())
          .isTrue();
    }
    await(journal.scrub());

    assertThat(filesWith(MARK)).isEmpty();
    assertThat(filesWith(new String(FINGERPRINT, StandardCharsets.US_ASCII))).isEmpty();
    assertThat(filesWith("of-somebody-else")).isNotEmpty();
  }

  @Test
  void backupsAreRewrittenAndStayWhole() throws Exception {
    churn(60, new Random(12));
    Path backup = backup("backups/nightly.db");
    Path before = backup("journal.db.v0.backup");
    Path aside = backup("journal.db.before-20260101T000000Z");

    await(journal.write(new Change.Erase(3, "signup_3", NOW, List.of())));
    for (long seq = 6; seq <= 60; seq += 3) {
      await(journal.write(new Change.Erase(seq, "signup_" + seq, NOW, List.of())));
    }
    await(journal.scrub());

    assertThat(filesWith(MARK)).isEmpty();
    assertThat(text(backup, "PRAGMA integrity_check")).isEqualTo("ok");
    assertThat(text(backup, "SELECT count(*) FROM signup")).isEqualTo("60");
    assertThat(text(backup, "SELECT count(*) FROM signup WHERE erased_at IS NULL")).isEqualTo("40");
    assertThat(text(before, "SELECT count(*) FROM signup WHERE payload IS NULL")).isEqualTo("20");
    assertThat(text(aside, "SELECT count(*) FROM signup WHERE payload IS NULL")).isEqualTo("20");
    assertThat(
            text(
                backup,
                "SELECT count(*) FROM delivery JOIN signup USING (seq)"
                    + " WHERE erased_at IS NOT NULL AND state IN (0, 3)"))
        .as("a gateway started on it owes them nothing")
        .isEqualTo("0");
  }

  @Test
  void onlyWhatWasErasedSinceTheLastScrubIsOwedAtAStart() throws Exception {
    ScrubMark mark = new ScrubMark(new Database(file()));
    churn(9, new Random(14));
    assertThat(mark.isOwed()).as("nothing was ever erased").isFalse();

    await(journal.write(new Change.Erase(3, "signup_3", NOW, List.of())));
    assertThat(mark.isOwed()).isTrue();
    await(journal.scrub());
    assertThat(mark.isOwed()).isFalse();

    await(journal.write(new Change.Erase(6, "signup_6", NOW, List.of())));
    assertThat(mark.isOwed()).as("another one in the same millisecond").isTrue();
  }

  @Test
  void scrubThatACrashPreventedIsDoneAtTheNextStart() throws Exception {
    churn(30, new Random(13));
    backup("backups/nightly.db");
    for (long seq = 3; seq <= 30; seq += 3) {
      await(journal.write(new Change.Erase(seq, "signup_" + seq, NOW, List.of())));
    }
    journal.close();
    assertThat(filesWith(MARK)).contains("nightly.db");

    open();
    await(journal.scrub());

    assertThat(filesWith(MARK)).isEmpty();
  }

  @Test
  void backupThatCanNotBeReadIsNamed() throws Exception {
    churn(3, new Random(14));
    await(journal.write(new Change.Erase(3, "signup_3", NOW, List.of())));
    Files.createDirectories(folder.resolve("backups"));
    Files.writeString(folder.resolve("backups/broken.db"), "this is no database, " + MARK);

    assertThatThrownBy(() -> await(journal.scrub()))
        .hasCauseInstanceOf(NotScrubbed.class)
        .hasMessageContaining("broken.db");
  }

  @Test
  void personIsFoundByItsIndexAlone() throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("EXPLAIN QUERY PLAN " + PersonReader.SIGNUPS)) {
      while (row.next()) {
        plan.add(row.getString("detail"));
      }
    }
    assertThat(plan)
        .anyMatch(step -> step.startsWith("SEARCH signup USING INDEX person (<expr>=? AND person"))
        .noneMatch(step -> step.equals("SCAN signup"));
  }

  /** Every third signup is Ada's; rows grow, shrink and move from page to page. */
  private void churn(int signups, Random random) {
    for (long seq = 1; seq <= signups; seq++) {
      accept(seq, random);
    }
    for (int round = 1; round <= 4; round++) {
      for (long seq = 1; seq <= signups; seq++) {
        if (random.nextInt(4) > 0) {
          fail(seq, random);
        }
      }
    }
    for (long seq = 1; seq <= signups; seq++) {
      if (random.nextBoolean()) {
        succeedLate(seq, random);
      }
    }
  }

  private void accept(long seq, Random random) {
    Signup signup = new Signup(seq, "signup_" + seq, NOW, words(seq, random).getBytes());
    Fingerprints fingerprints =
        seq % 3 == 0 ? Fingerprints.ofPerson(FINGERPRINT) : Fingerprints.NONE;
    List<Change.Planned> plan =
        Stream.of("mail", "crm", "news")
            .map(name -> new Change.Planned(name, true, Lane.FRESH, Instant.EPOCH, ""))
            .toList();
    await(journal.write(new Change.Accept(signup, 1, plan, fingerprints)));
  }

  /**
   * Starts applies only where the delivery stands there, so both lanes and some numbers are tried.
   */
  private void fail(long seq, Random random) {
    String action = List.of("mail", "crm", "news").get(random.nextInt(3));
    for (int attempt = 1; attempt <= 5; attempt++) {
      Lane lane = attempt == 1 ? Lane.FRESH : Lane.TIMED;
      if (await(journal.write(new Change.Start(seq, action, lane, attempt, NOW, "one-1")))
          .moved()) {
        Step step =
            new Step(
                dev.usher.gateway.pipeline.DeliveryState.PENDING, NOW, attempt, Optional.empty());
        Ending ending = new Ending(Outcome.FAILED, words(seq, random));
        await(
            journal.write(
                new Change.End(
                    seq,
                    "signup_" + seq,
                    action,
                    true,
                    attempt,
                    ending,
                    Duration.ofMillis(1),
                    step)));
        return;
      }
    }
  }

  private void succeedLate(long seq, Random random) {
    await(
        journal.write(
            new Change.LateSuccess(seq, "signup_" + seq, "crm", 1, words(seq, random), NOW)));
  }

  private static String words(long seq, Random random) {
    String who = seq % 3 == 0 ? MARK : "of-somebody-else";
    return "{\"who\":\"" + who + " ".repeat(random.nextInt(400)) + who + "\"}";
  }

  private Path backup(String name) throws Exception {
    Path backup = folder.resolve(name);
    Files.createDirectories(backup.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, backup.toString());
      vacuum.execute();
    }
    return backup;
  }

  private static String text(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }

  private List<String> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<String> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file.getFileName().toString());
        }
      }
      return found;
    }
  }

  private Path file() {
    return folder.resolve("journal.db");
  }

  private <T> T await(Future<T> future) {
    loop.until(future::isComplete);
    if (future.failed()) {
      throw new AssertionError(future.cause().getMessage(), future.cause());
    }
    return future.result();
  }

  private static final class Nobody implements CommitListener {
    @Override
    public void committed(int changes, long nanos) {}

    @Override
    public void reopened() {}
  }
}
