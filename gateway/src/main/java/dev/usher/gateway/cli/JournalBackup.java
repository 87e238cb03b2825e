package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code usher journal backup}: a whole copy of a running gateway's journal. */
@Command(
    name = "backup",
    description = {
      "Back up the journal of a running gateway, into backups/ in its data folder; beside it, in"
          + " FILE.artefacts/, the files of deployed handlers.",
      "Erasing a person also changes the backups there, but no copies elsewhere."
    })
final class JournalBackup implements Callable<Integer> {

  private static final long ASK_EVERY_MS = 50;

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Also copy it to this new file, which only you can read.")
  private Optional<Path> copy = Optional.empty();

  @Mixin private final AdminOptions options = new AdminOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  JournalBackup(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed, InterruptedException {
    if (copy.isPresent() && Files.exists(copy.get())) {
      throw new CommandFailed(
          Exit.REFUSED, copy.get() + " is there already; name another file, or remove it");
    }
    if (copy.isPresent() && !Files.isDirectory(folderOf(copy.get()))) {
      throw new CommandFailed(
          Exit.REFUSED, folderOf(copy.get()) + " is no folder; make it, or name another file");
    }
    Gateway gateway = options.open(surroundings);
    Answer begun = gateway.post("/admin/journal/backups", Json.object());
    if (!begun.isSuccess()) {
      throw Refusal.of(begun, gateway.endpoint());
    }
    JsonNode backup = await(gateway, begun.body());
    if (copy.isPresent()) {
      keepCopy(Path.of(backup.path("file").asText()), copy.get());
      keepArtefacts(backup.path("artefacts").asText(), copy.get());
    }
    tell(backup);
    return Exit.OK.code();
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().resolveSibling(".").normalize();
  }

  private static JsonNode await(Gateway gateway, JsonNode begun)
      throws CommandFailed, InterruptedException {
    JsonNode backup = begun;
    while (backup.path("state").asText().equals("running")) {
      TimeUnit.MILLISECONDS.sleep(ASK_EVERY_MS);
      backup = gateway.fetch("/admin/journal/backups/" + begun.path("name").asText());
    }
    if (!backup.path("state").asText().equals("done")) {
      throw new CommandFailed(
          Exit.FAILED,
          "the backup could not be made: " + Printable.of(backup.path("reason").asText()));
    }
    return backup;
  }

  /** With the mode of the original: this user's alone. */
  private static void keepCopy(Path file, Path copy) throws CommandFailed {
    try {
      var unused = Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new CommandFailed(
          Exit.FAILED,
          "the backup is "
              + file
              + " on the gateway's machine, but could not be copied to "
              + copy
              + " here: "
              + e.getMessage());
    }
  }

  /** Each is called by its checksum, and never changes. */
  private static void keepArtefacts(String from, Path copy) throws CommandFailed {
    if (from.isEmpty() || !Files.isDirectory(Path.of(from))) {
      return;
    }
    Path to = copy.resolveSibling(copy.getFileName() + ".artefacts");
    try (Stream<Path> files = Files.list(Path.of(from))) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        keepArtefact(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new CommandFailed(
          Exit.FAILED,
          "the backup is "
              + copy
              + ", but the files of deployed handlers could not be copied to "
              + to
              + ": "
              + e.getMessage());
    }
  }

  private static void keepArtefact(Path file, Path copy) throws IOException {
    if (!Files.exists(copy)) {
      var unused = Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    if (!Checksum.of(copy).equals(String.valueOf(copy.getFileName()))) {
      throw new IOException(copy + " is damaged: remove it");
    }
  }

  private void tell(JsonNode backup) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(backup));
    } else {
      console.print(backup.path("file").asText() + "  " + backup.path("bytes").asText() + " bytes");
    }
    copy.ifPresent(file -> console.say(copied(file, backup.has("artefacts"))));
    backup
        .path("missing")
        .forEach(
            version ->
                console.say(
                    Printable.of(
                        "the file of "
                            + version.asText()
                            + " is missing here, so the backup lacks it: deploy that file again")));
  }

  private static String copied(Path file, boolean hasArtefacts) {
    return "copied to "
        + file
        + (hasArtefacts ? " and " + file + ".artefacts" : "")
        + "; keep journal.key with it, and erase people there by hand";
  }
}
