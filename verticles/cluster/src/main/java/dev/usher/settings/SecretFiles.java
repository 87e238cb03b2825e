package dev.usher.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads secrets that are given as {@code file:/path}: the file's text without the space around. */
final class SecretFiles {

  private static final String FILE = "file:";

  /** In bytes; what an environment variable can hold is of that order too. */
  private static final int LONGEST = 64 * 1024;

  private final Path folder;
  private final Faults faults;

  /** A relative path counts from this folder. */
  SecretFiles(Path folder, Faults faults) {
    this.folder = folder;
    this.faults = faults;
  }

  /** The value itself, or with the file's content; nothing when the file is of no use. */
  Optional<Value> resolve(String key, Value value) {
    if (!value.schema().isSecret() || !value.text().startsWith(FILE)) {
      return Optional.of(value);
    }
    Path file = folder.resolve(value.text().substring(FILE.length()));
    try {
      String secret = read(file);
      if (!secret.isEmpty()) {
        return Optional.of(value.withText(secret));
      }
      faults.add(
          value.place(), key, "the secret's file " + file + " is empty; write the secret to it");
    } catch (IOException e) {
      String why = e instanceof TooLong ? "is longer than 64 KiB" : "can't be read";
      faults.add(
          value.place(), key, "the secret's file " + file + " " + why + "; write file:/its/path");
    }
    return Optional.empty();
  }

  /** Not all of it where it is too long: there are files without an end. */
  private static String read(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new TooLong();
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().strip();
    }
  }

  /** No secret, or not only one. */
  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }
}
