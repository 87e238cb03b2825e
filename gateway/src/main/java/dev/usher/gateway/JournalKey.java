package dev.usher.gateway;

import dev.usher.gateway.pipeline.Macs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret under which the journal's fingerprints of people and requests are made: {@code
 * journal.key} in the data folder, made at the first start, for this user alone. It belongs to the
 * journal: without it no signup is found by its e-mail address any more and no idempotency key is
 * known again. Backups of the journal don't hold it, so that they tell nobody who is in them.
 */
final class JournalKey {

  private static final int BYTES = 32;

  private JournalKey() {}

  /**
   * The key that is there, or a new one.
   *
   * @throws IOException when the file is there but holds no key; it is never replaced
   */
  static Macs in(Path folder) throws IOException {
    Path file = folder.resolve("journal.key");
    return new Macs(Files.exists(file) ? read(file) : make(file));
  }

  private static byte[] read(Path file) throws IOException {
    try {
      byte[] key = Base64.getUrlDecoder().decode(Files.readString(file).strip());
      if (key.length == BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw broken(file, e);
    }
    throw broken(file, new IllegalArgumentException("wrong length"));
  }

  private static IOException broken(Path file, Exception cause) {
    return new IOException(
        file
            + " holds no journal key; put it back from a backup. Without it no signup is found by"
            + " its e-mail address and no idempotency key is known again; if you can live with"
            + " that, delete it and start again",
        cause);
  }

  /** Whole and synced before it has its name: no journal may ever outlive the key it began with. */
  private static byte[] make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Path unfinished = file.resolveSibling("journal.key.new");
    AdminTokenFile.PrivateFile.write(
        unfinished, Base64.getUrlEncoder().withoutPadding().encodeToString(key) + "\n");
    try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    var unused = Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return key;
  }
}
