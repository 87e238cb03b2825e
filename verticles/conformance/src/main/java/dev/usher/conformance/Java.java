package dev.usher.conformance;

import java.nio.file.Path;
import java.util.List;

/** How this kit starts Java. */
final class Java {

  /** Several processes share a machine and live for seconds: small heaps, the first compiler. */
  static final List<String> COMMAND =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--sun-misc-unsafe-memory-access=allow");

  private Java() {}
}
