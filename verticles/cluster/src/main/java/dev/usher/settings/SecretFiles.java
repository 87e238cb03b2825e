package dev.usher.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads secrets that are given as {@code file:/path}: the file's text without the space around. */
final class SecretFiles {

  private static final String FILE = "file:";

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
      String secret = Files.readString(file).strip();
      if (!secret.isEmpty()) {
        return Optional.of(value.withText(secret));
      }
      faults.add(
          value.place(), key, "the secret's file " + file + " is empty; write the secret to it");
    } catch (IOException e) {
      faults.add(
          value.place(), key, "the secret's file " + file + " can't be read; write file:/its/path");
    }
    return Optional.empty();
  }
}
