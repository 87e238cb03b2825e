package dev.usher.runner;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest of this process's jar opens of the JDK. It counts only for {@code java -jar};
 * another main class of the same jar has to be given it as options.
 */
final class ModuleAccess {

  private ModuleAccess() {}

  static List<String> options() throws CannotDeploy {
    List<String> options = new ArrayList<>();
    Optional<Attributes> opened = manifest().map(Manifest::getMainAttributes);
    opened.ifPresent(
        attributes -> {
          options.addAll(options("--add-exports=", attributes.getValue("Add-Exports")));
          options.addAll(options("--add-opens=", attributes.getValue("Add-Opens")));
        });
    return options;
  }

  private static List<String> options(String option, @Nullable String packages) {
    return packages == null
        ? List.of()
        : Arrays.stream(packages.strip().split(" +"))
            .map(each -> option + each + "=ALL-UNNAMED")
            .toList();
  }

  private static Optional<Manifest> manifest() throws CannotDeploy {
    try {
      Path own =
          Path.of(ModuleAccess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(own)) {
        return Optional.empty();
      }
      try (JarFile jar = new JarFile(own.toFile())) {
        return Optional.ofNullable(jar.getManifest());
      }
    } catch (IOException | URISyntaxException e) {
      throw new CannotDeploy("the runner's own jar can't be read: " + e, e);
    }
  }
}
