package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder that the classes of a source file are compiled into. */
final class CompiledClasses {

  private static final String SUFFIX = ".class";

  private final Artefact artefact;
  private final Path folder;

  private CompiledClasses(Artefact artefact, Path folder) {
    this.artefact = artefact;
    this.folder = folder;
  }

  /** Beside the source, and removed with it. */
  static CompiledClasses of(Artefact artefact) throws CannotDeploy {
    Path folder = artefact.folder().resolve("classes");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CannotDeploy("its classes can't be written: " + e, e);
    }
    return new CompiledClasses(artefact, folder);
  }

  Path folder() {
    return folder;
  }

  /** The program that starts with the class that is called as the file is, whatever its package. */
  Classes program(List<Path> libraries, Surroundings surroundings) throws CannotDeploy {
    String entry =
        entry()
            .orElseThrow(
                () ->
                    new CannotDeploy(
                        "it has no class "
                            + simpleName()
                            + ": the file and the class to run have the same name"));
    List<Path> classes = Stream.concat(Stream.of(folder), libraries.stream()).toList();
    return new Classes(ArtefactLoader.of(artefact, classes), entry, surroundings);
  }

  private Optional<String> entry() throws CannotDeploy {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(simpleName() + SUFFIX)).findFirst().map(this::name);
    } catch (IOException e) {
      throw new CannotDeploy("its classes can't be read: " + e, e);
    }
  }

  private String simpleName() {
    String fileName = artefact.fileName();
    return fileName.substring(0, fileName.lastIndexOf('.'));
  }

  private String name(Path file) {
    String path = folder.relativize(file).toString();
    String name = path.substring(0, path.length() - SUFFIX.length());
    return name.replace(folder.getFileSystem().getSeparator(), ".");
  }
}
