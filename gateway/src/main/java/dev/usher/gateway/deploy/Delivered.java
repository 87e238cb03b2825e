package dev.usher.gateway.deploy;

import dev.usher.gateway.pipeline.Artefact;
import dev.usher.wire.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/**
 * A file that came whole, looked at before anything is done with it.
 *
 * @param file where it is
 * @param content what it is to be run as
 */
record Delivered(Path file, Artefact.Content content) {

  /**
   * Looks at it; blocks.
   *
   * @throws dev.usher.gateway.pipeline.DeployRefused when it can't be what it says it is
   */
  static Delivered of(DeployOrder order, Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes == 0) {
      throw DeployOrder.unfit("empty-file", "the file is empty");
    }
    if (order.file().endsWith(".jar")) {
      checkJar(order, file);
    }
    String checksum = Checksum.of(file);
    if (order.checksum().filter(said -> !said.equals(checksum)).isPresent()) {
      throw DeployOrder.unfit(
          "checksum",
          "the SHA-256 of what came is "
              + checksum
              + ", not the one said beside it; send it again");
    }
    return new Delivered(
        file,
        new Artefact.Content(
            order.file(), checksum, bytes, order.address(), order.settings(), order.isIsolated()));
  }

  private static void checkJar(DeployOrder order, Path file) {
    try (ZipFile jar = new ZipFile(file.toFile())) {
      if (jar.size() == 0) {
        throw DeployOrder.unfit("not-a-jar", "the jar is empty");
      }
    } catch (IOException e) {
      throw DeployOrder.unfit("not-a-jar", order.file() + " is not a whole jar: " + e.getMessage());
    }
  }
}
