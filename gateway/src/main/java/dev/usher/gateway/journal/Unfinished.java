package dev.usher.gateway.journal;

import java.nio.file.Path;

/** The name that a file has until it is whole and takes the place of the one it is made for. */
final class Unfinished {

  /** Of every such name, so that what a process that died left is found. */
  static final String SUFFIX = ".part";

  private Unfinished() {}

  /** Beside the file, so that moving it there is atomic. */
  static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }
}
