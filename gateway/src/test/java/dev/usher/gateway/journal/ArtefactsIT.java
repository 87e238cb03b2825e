package dev.usher.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.usher.gateway.fixture.ManualLoop;
import dev.usher.gateway.pipeline.Artefact;
import dev.usher.gateway.pipeline.AuditEntry;
import dev.usher.gateway.pipeline.Change;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactsIT {

  private static final Instant NOW = JournalContract.NOW;
  private static final Artefact FIRST =
      new Artefact(
          "crm",
          1,
          new Artefact.Content(
              "crm.jar",
              "c0ffee",
              123_456,
              "signup.crm",
              Map.of("api.url", "https://x", "api.key", "file:/run/key"),
              true),
          new Artefact.Origin(NOW, "anna"),
          Artefact.State.CANARY,
          10,
          "why");

  @TempDir private Path folder;
  private final ManualLoop loop = new ManualLoop();
  private SqliteJournal journal;

  @BeforeEach
  void open() throws SQLException {
    journal = SqliteJournal.open(folder.resolve("journal.db"), 0, loop, new Quiet());
  }

  @AfterEach
  void close() throws Exception {
    journal.close();
  }

  @Test
  void everyVersionIsThereAgainAfterARestart() throws Exception {
    Artefact second = version(2, Artefact.State.NEXT);
    write(List.of(second, FIRST), List.of());
    journal.close();
    open();

    assertThat(await(journal.artefacts())).containsExactly(FIRST, second);
  }

  @Test
  void whatBecomesOfVersionsIsOneCommitWithItsAudit() {
    write(List.of(FIRST, version(2, Artefact.State.NEXT)), List.of());
    Change.Audit audit = new Change.Audit(NOW, "anna", "deploy", "crm version 2");
    Artefact now = version(2, Artefact.State.CURRENT);

    var unused =
        await(journal.write(new Change.Deploy(List.of(now), List.of(FIRST), Optional.of(audit))));

    assertThat(await(journal.artefacts())).containsExactly(now);
    AuditEntry.Filter all =
        new AuditEntry.Filter(Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(await(journal.audit(all, Long.MAX_VALUE, 9)))
        .extracting(AuditEntry::token, AuditEntry::verb, AuditEntry::detail)
        .containsExactly(tuple("anna", "deploy", "crm version 2"));
  }

  private static Artefact version(int number, Artefact.State state) {
    return new Artefact("crm", number, FIRST.content(), FIRST.origin(), state, 100, "");
  }

  private void write(List<Artefact> now, List<Artefact> forgotten) {
    var unused = await(journal.write(new Change.Deploy(now, forgotten, Optional.empty())));
  }

  private <T> T await(Future<T> future) {
    loop.until(future::isComplete);
    return future.result();
  }

  private static final class Quiet implements CommitListener {
    @Override
    public void committed(int changes, long nanos) {}

    @Override
    public void reopened() {}
  }
}
