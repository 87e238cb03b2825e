package dev.usher.gateway;

import dev.usher.cluster.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The token for the admin port: the configured one, or one made at the first start and kept where
 * only this user can read it, for the command line on the same machine.
 *
 * @param token the token itself
 */
record AdminTokenFile(String token) {

  private static final int BYTES = 32;

  static AdminTokenFile in(Path folder, Optional<String> configured) throws IOException {
    Path file = folder.resolve("admin.token");
    if (configured.isPresent()) {
      return new AdminTokenFile(configured.get());
    }
    if (Files.exists(file)) {
      String kept = Files.readString(file).strip();
      if (!kept.isEmpty()) {
        return new AdminTokenFile(kept);
      }
    }
    return new AdminTokenFile(make(file));
  }

  private static String make(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    PrivateFile.write(file, token + "\n");
    return token;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "AdminTokenFile";
  }

  /** Files that only this user may read, from their first byte on. */
  static final class PrivateFile {

    private PrivateFile() {}

    static void write(Path file, String content) throws IOException {
      Files.deleteIfExists(file);
      PrivateFiles.make(file);
      Files.writeString(file, content, StandardOpenOption.WRITE);
    }
  }
}
