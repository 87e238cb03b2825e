package dev.usher.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.usher.gateway.cli.fixture.Prompt;
import dev.usher.gateway.cli.fixture.Prompt.Run;
import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalIT extends WithScriptedGateway {

  private static final String BACKUPS = "/admin/journal/backups";
  private static final String RUNNING = "{\"name\":\"j.db\",\"state\":\"running\"}";

  private Path made;

  @BeforeEach
  void makeFile() throws IOException {
    made = Files.writeString(folder.resolve("j.db"), "whole");
  }

  @Test
  void backupIsAskedForUntilItIsMade() {
    gateway
        .answer("POST " + BACKUPS, 202, RUNNING)
        .answer("GET " + BACKUPS + "/j.db", 200, RUNNING)
        .answer("GET " + BACKUPS + "/j.db", 200, done());

    Run run = usher("backup");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines(made + "  5 bytes");
    assertThat(gateway.requests()).hasSize(3);
  }

  @Test
  void backupIsCopiedToAFileThatIsNotThereYet() {
    gateway.answer("POST " + BACKUPS, 202, done());
    Path copy = folder.resolve("copy.db");

    Run first = usher("backup", copy.toString());
    Run second = usher("backup", copy.toString());

    assertThat(first.exit()).isZero();
    assertThat(copy).hasContent("whole");
    assertThat(first.err()).contains("keep journal.key with it");
    assertThat(second.exit()).isEqualTo(4);
    assertThat(second.err()).contains("is there already");
    assertThat(gateway.requests()).hasSize(1);
  }

  @Test
  void theFilesOfHandlersAreCopiedWithItAndThoseThatAreMissingAreNamed() throws IOException {
    Path files = Files.createDirectories(folder.resolve("j.db.artefacts"));
    Path file = Files.writeString(folder.resolve("code"), "code");
    String checksum = Checksum.of(file);
    Files.move(file, files.resolve(checksum));
    gateway.answer(
        "POST " + BACKUPS,
        202,
        done().replace("}", ",\"artefacts\":\"" + files + "\",\"missing\":[\"crm version 2\"]}"));
    Path copy = folder.resolve("copy.db");

    Run run = usher("backup", copy.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(folder.resolve("copy.db.artefacts").resolve(checksum)).hasContent("code");
    assertThat(run.err())
        .contains(
            "copied to " + copy + " and " + copy + ".artefacts;",
            "the file of crm version 2 is missing here");
  }

  @Test
  void backupIsNotBegunWhereItsCopyHasNoFolder() {
    Run run = usher("backup", folder.resolve("no/such/copy.db").toString());

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains(folder.resolve("no/such") + " is no folder");
    assertThat(gateway.requests()).isEmpty();
  }

  @Test
  void backupThatCouldNotBeMadeSaysWhy() {
    gateway.answer(
        "POST " + BACKUPS,
        202,
        "{\"name\":\"j.db\",\"state\":\"failed\",\"reason\":\"disk full\"}");

    Run run = usher("backup");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("the backup could not be made: disk full");
  }

  @Test
  void backupOnAnotherMachineCanNotBeCopiedHere() {
    gateway.answer(
        "POST " + BACKUPS, 202, done().replace(made.toString(), folder.resolve("no").toString()));

    Run run = usher("backup", folder.resolve("copy.db").toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("on the gateway's machine");
  }

  @Test
  void numbersAreShown() {
    gateway.answer(
        "GET /admin/journal",
        200,
        "{\"file\":\"/d/journal.db\",\"schema\":1,\"bytes\":8192,\"signups\":3,\"oldestOpen\":"
            + "{\"id\":\"signup_1\",\"acceptedAt\":\"2026-01-01T12:00:00Z\"}}");

    Run run = usher("stats");

    assertThat(run.out()).contains("/d/journal.db", "8192 bytes", "2026-01-01T12:00:00Z  signup_1");
  }

  @Test
  void restoreSaysWhatIsThereNowAndWhatWasThereBefore() {
    Prompt prompt =
        new Prompt(folder)
            .onTerminal()
            .restoring(
                (config, data, backup) ->
                    new JournalRestore.Restored(
                        data.resolve("journal.db"),
                        Optional.of(data.resolve("old.db")),
                        3,
                        Optional.of(Instant.parse("2026-01-01T12:00:00Z")),
                        false,
                        List.of("crm version 3 (crm.jar, current)")));

    Run run = prompt.usher("journal", "restore", "j.db", "--data", "/d");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "/d/journal.db has 3 signups, the last one of 2026-01-01T12:00:00Z");
    assertThat(run.err())
        .contains(
            "the journal that was there is now /d/old.db",
            "journal.key is not in the data",
            "the file of crm version 3 (crm.jar, current) is missing");
  }

  @Test
  void restoreThatIsRefusedSaysThatNothingWasDone() {
    Run run = new Prompt(folder).usher("journal", "restore", "j.db");

    assertThat(run.exit()).isEqualTo(4);
    assertThat(run.err()).contains("nothing was restored: there is nothing to restore here");
  }

  private String done() {
    return "{\"name\":\"j.db\",\"state\":\"done\",\"file\":\"" + made + "\",\"bytes\":5}";
  }

  private Run usher(String verb, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "journal";
    all[1] = verb;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[arguments.length + 2] = "--url";
    all[arguments.length + 3] = gateway.url();
    return new Prompt(folder).onTerminal().with("USHER_TOKEN", "a-token-of-some-length").usher(all);
  }
}
