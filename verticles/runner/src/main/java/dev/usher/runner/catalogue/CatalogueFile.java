package dev.usher.runner.catalogue;

import dev.usher.wire.Catalogue;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue that was followed last, kept for a start without any gateway. What can't be read or
 * written is said and costs no more than that: a gateway tells all of it again.
 */
public final class CatalogueFile {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogueFile.class);

  private final Path file;

  /** Kept in this file. */
  public CatalogueFile(Path file) {
    this.file = file;
  }

  /** What was kept. */
  Optional<Catalogue> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Catalogue.fromJson(new JsonObject(Files.readString(file))));
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{} can't be read; what is deployed comes from a gateway again: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /** Keeps it in the place of the one before. */
  void write(Catalogue catalogue) {
    Path written = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(written, catalogue.toJson().encodePrettily());
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn(
          "{} can't be written; a start without gateway would run what it says: {}",
          file,
          e.toString());
    }
  }
}
