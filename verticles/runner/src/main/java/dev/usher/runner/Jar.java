package dev.usher.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Jars with a {@code Main-Verticle} or a {@code Main-Class}, fat or thin. */
final class Jar implements ClassLanguage {

  private static final Attributes.Name MAIN_VERTICLE = new Attributes.Name("Main-Verticle");

  @Override
  public String suffix() {
    return ".jar";
  }

  /** The directory of a jar is its last part: one that opens was written to its end. */
  @Override
  public void check(Path file) throws IOException {
    new JarFile(file.toFile()).close();
  }

  @Override
  public Classes classes(Artefact artefact, Surroundings surroundings) throws CannotDeploy {
    String entry = entry(artefact);
    ArtefactLoader loader = ArtefactLoader.of(artefact, List.of(artefact.file()));
    return new Classes(loader, entry, surroundings);
  }

  private static String entry(Artefact artefact) throws CannotDeploy {
    try (JarFile jar = new JarFile(artefact.file().toFile())) {
      return Optional.ofNullable(jar.getManifest())
          .flatMap(Jar::entry)
          .orElseThrow(
              () ->
                  new CannotDeploy(
                      "its manifest names neither a Main-Verticle nor a Main-Class to run"));
    } catch (IOException e) {
      throw new CannotDeploy("it can't be read as a jar: " + e.getMessage(), e);
    }
  }

  private static Optional<String> entry(Manifest manifest) {
    Attributes main = manifest.getMainAttributes();
    return Optional.ofNullable(main.getValue(MAIN_VERTICLE))
        .or(() -> Optional.ofNullable(main.getValue(Attributes.Name.MAIN_CLASS)))
        .map(Jar::className);
  }

  /** Vert.x knows a class also as {@code java:com.example.Crm}. */
  private static String className(String entry) {
    String trimmed = entry.strip();
    return trimmed.startsWith("java:") ? trimmed.substring("java:".length()) : trimmed;
  }
}
