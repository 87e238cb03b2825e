package dev.usher.runner;

import dev.usher.wire.Checksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * A file with handlers in it, at one version. The file is the runner's own copy: nobody changes it
 * while classes are read from it.
 *
 * @param name what people call it; another artefact with this name is another version of it
 * @param file the copy, under the file name that it came with
 * @param checksum SHA-256 of the file, in hexadecimal digits
 * @param terms what it runs with
 */
public record Artefact(String name, Path file, String checksum, Terms terms) {

  private static final int SHOWN_DIGITS = 8;

  /** Copies a file into a folder that is made for it. */
  static Artefact copy(String name, Path from, Terms terms, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(String.valueOf(from.getFileName()));
    MessageDigest digest = Checksum.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
        OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
    return new Artefact(name, file, Checksum.of(digest), terms);
  }

  /** The file name that it came with. */
  public String fileName() {
    return String.valueOf(file.getFileName());
  }

  /** For people: its number, or else enough of the checksum to tell versions apart. */
  public String version() {
    return terms.number() > 0 ? "#" + terms.number() : checksum.substring(0, SHOWN_DIGITS);
  }

  /** Whether it is what the other one is: the same file that runs with the same. */
  boolean isSame(Artefact other) {
    return checksum.equals(other.checksum) && terms.equals(other.terms);
  }

  /** The folder that holds the copy and nothing of anybody else. */
  Path folder() {
    return file.resolveSibling(".").normalize();
  }
}
