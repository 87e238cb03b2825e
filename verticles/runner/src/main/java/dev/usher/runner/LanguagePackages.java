package dev.usher.runner;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The packages for other languages that the runner's jar carries, as files. */
final class LanguagePackages {

  private static final String CARRIED = "languages/";

  private final Path folder;
  private final Set<String> unpacked = new HashSet<>();

  /**
   * Unpacks nothing yet.
   *
   * @param folder where to; what is in it is replaced
   */
  LanguagePackages(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** The folder with the package of a language, which is unpacked when it is first asked for. */
  synchronized Path of(String language) throws CannotDeploy {
    Path target = folder.resolve(language);
    if (!unpacked.contains(language)) {
      try {
        Folders.delete(target);
        unpack(CARRIED + language, target);
      } catch (IOException | URISyntaxException e) {
        throw new CannotDeploy("the package for " + language + " can't be unpacked: " + e, e);
      }
      unpacked.add(language);
    }
    return target;
  }

  /** From the jar that this class is in, or the folder. */
  private static void unpack(String resources, Path target) throws IOException, URISyntaxException {
    Path own =
        Path.of(LanguagePackages.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(own)) {
      copy(own.resolve(resources), target);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(own)) {
        copy(jar.getPath(resources), target);
      }
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      }
    }
  }
}
