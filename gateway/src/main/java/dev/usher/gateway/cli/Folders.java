package dev.usher.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the default folders are looked for.
 *
 * @param working the folder the command was started in
 * @param home the installation, looked into when the working folder has nothing
 */
public record Folders(Path working, Optional<Path> home) {

  /** The folders of this process; {@code scripts/usher} names the installation. */
  public static Folders ofProcess() {
    return new Folders(
        Path.of(""), Optional.ofNullable(System.getProperty("usher.home")).map(Path::of));
  }

  /** The folder of this name that has {@code content}; the working folder's where none has. */
  Path find(String name, String content) {
    Path here = working.resolve(name);
    if (Files.exists(here.resolve(content))) {
      return here;
    }
    return home.map(folder -> folder.resolve(name))
        .filter(there -> Files.exists(there.resolve(content)))
        .orElse(here);
  }
}
