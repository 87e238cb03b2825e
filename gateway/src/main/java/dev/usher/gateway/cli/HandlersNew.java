package dev.usher.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usher handlers new}: a small project of a handler, with a test. */
@Command(
    name = "new",
    description =
        "Write a small project of a handler into a new folder: the handler, a test of it, and a"
            + " README that says how to run both.")
final class HandlersNew implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "NAME",
      description = "What it is called: crm, or welcome-letter. The folder is called so too.")
  private String name = "";

  @Option(
      names = "--lang",
      required = true,
      paramLabel = "java|python|node",
      description = "What it is written in.")
  private ProjectLanguage language = ProjectLanguage.JAVA;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Where it listens on the event bus (default: signup.NAME).")
  private Optional<String> address = Optional.empty();

  HandlersNew(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandFailed {
    HandlerProject project =
        HandlerProject.of(language, name, address.orElse("signup." + name), home());
    Path folder = surroundings.folders().working().resolve(name);
    if (Files.exists(folder)) {
      throw new CommandFailed(
          Exit.REFUSED, folder + " is there already, and nothing of it was changed");
    }
    Console console = surroundings.console();
    write(project.files(), folder).forEach(file -> console.print(file.toString()));
    console.say("how to test and run it: " + folder.resolve("README.md"));
    return Exit.OK.code();
  }

  /** Where the kits are. */
  private String home() {
    return surroundings
        .folders()
        .home()
        .map(home -> home.toAbsolutePath().normalize().toString())
        .orElse("path/to/usher");
  }

  private static List<Path> write(Map<String, String> files, Path folder) throws CommandFailed {
    List<Path> written = new ArrayList<>();
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        written.add(Files.writeString(path, file.getValue()));
      }
      return written;
    } catch (IOException e) {
      throw new CommandFailed(Exit.FAILED, "can't write into " + folder + ": " + e);
    }
  }
}
