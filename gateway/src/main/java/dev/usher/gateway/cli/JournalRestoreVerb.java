package dev.usher.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher journal restore}: a backup in the place of the journal of a stopped gateway. */
@Command(
    name = "restore",
    description = {
      "Put a backup in the place of the journal. The gateway must not run.",
      "The journal that was there is kept beside it. The files of deployed handlers come from"
          + " FILE.artefacts."
    })
final class JournalRestoreVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path backup = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "DIR",
      description = "Folder of gateway.yaml, which says where the journal is (default: config).")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder of the gateway on this machine (default: data).")
  private Optional<Path> data = Optional.empty();

  @Mixin private final OutputOptions output = new OutputOptions();

  JournalRestoreVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    Folders folders = surroundings.folders();
    Path settings = config.orElseGet(() -> folders.find("config", "gateway.yaml"));
    Path folder = data.orElseGet(() -> folders.find("data", "gateway"));
    try {
      tell(surroundings.journalRestore().restore(settings, folder, backup));
      return Exit.OK.code();
    } catch (IOException | InvalidSettings e) {
      throw new CommandFailed(Exit.REFUSED, "nothing was restored: " + e.getMessage());
    }
  }

  private void tell(JournalRestore.Restored restored) {
    Console console = surroundings.console();
    if (output.isJson(console)) {
      console.print(Json.line(json(restored)));
    } else {
      console.print(
          restored.journal()
              + " has "
              + restored.signups()
              + " signups"
              + restored.newest().map(at -> ", the last one of " + at).orElse(""));
    }
    restored
        .aside()
        .ifPresent(
            old ->
                console.say(
                    "the journal that was there is now "
                        + old
                        + "; whoever signed up since the backup is in no other file, also for an"
                        + " erasure: delete it when it is of no use any more"));
    tellOfMissing(restored, console);
    if (!restored.hasKey()) {
      console.say(
          "journal.key is not in the data folder: put that journal's key there before you start the"
              + " gateway, or no signup is found by its e-mail address");
    }
  }

  private static void tellOfMissing(JournalRestore.Restored restored, Console console) {
    restored
        .missing()
        .forEach(
            version ->
                console.say(
                    Printable.of(
                        "the file of "
                            + version
                            + " is missing: put the folder FILE.artefacts beside the backup and"
                            + " restore again, or deploy that file again")));
  }

  private static ObjectNode json(JournalRestore.Restored restored) {
    ObjectNode json = Json.object();
    json.put("file", restored.journal().toString()).put("signups", restored.signups());
    restored.newest().ifPresent(at -> json.put("newest", at.toString()));
    restored.aside().ifPresent(old -> json.put("aside", old.toString()));
    json.put("hasKey", restored.hasKey());
    restored.missing().forEach(json.putArray("missing")::add);
    return json;
  }
}
