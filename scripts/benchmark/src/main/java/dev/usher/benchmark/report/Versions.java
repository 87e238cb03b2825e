package dev.usher.benchmark.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What was measured. */
final class Versions {

  private Versions() {}

  /** Of the libraries, as the build knows them. */
  static Map<String, String> libraries() {
    Properties versions = new Properties();
    try (InputStream file = Versions.class.getResourceAsStream("/versions.properties")) {
      versions.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> sorted = new TreeMap<>();
    versions.forEach((name, version) -> sorted.put(name.toString(), version.toString()));
    return sorted;
  }

  /** Of the repository. */
  static String commit(Path home) {
    String folder = home.toString();
    String commit = Machine.firstLine("git", "-C", folder, "rev-parse", "--short=12", "HEAD");
    String changes = Machine.firstLine("git", "-C", folder, "status", "--porcelain", "-uno");
    return commit + (changes.isEmpty() ? "" : " with changes that are not committed");
  }
}
