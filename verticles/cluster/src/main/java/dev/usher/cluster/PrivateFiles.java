package dev.usher.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only this user may read, from their first byte on. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /**
   * Makes an empty file.
   *
   * @throws IOException when it can't be made, or is there already
   */
  public static void make(Path file) throws IOException {
    boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    var unused =
        isPosix
            ? Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createFile(file);
  }
}
