package dev.usher.runner.catalogue;

import dev.usher.wire.ArtefactRequest;
import dev.usher.wire.Checksum;
import dev.usher.wire.HandlerVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of versions, fetched once and kept: each under its own name in a folder that is called
 * as its checksum. What is found there is checked before it is used. For any thread.
 */
public final class ArtefactFiles {

  /** Kept beyond those that are in use: what somebody may go back to. */
  static final int SPARE = 5;

  private static final Logger LOG = LoggerFactory.getLogger(ArtefactFiles.class);
  private static final String PART = ".part";

  private final Path folder;
  private final Pieces pieces;

  /**
   * Those in a folder, which is made where it is missing.
   *
   * @throws IOException when it can't be used
   */
  public ArtefactFiles(Path folder, Pieces pieces) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.pieces = pieces;
    for (Path left : list(PART)) {
      Files.deleteIfExists(left);
    }
  }

  /**
   * The file of a version, fetched from a gateway where it is not here.
   *
   * @throws IOException when it can't be had now, saying why
   */
  Path get(HandlerVersion version, String gateway) throws IOException {
    Path file = place(version);
    if (!isWhole(file, version)) {
      fetch(version, gateway, file);
    }
    Files.setLastModifiedTime(file.resolveSibling("."), FileTime.from(Instant.now()));
    return file;
  }

  /** Removes those that have not been used for longest; the ones with these checksums stay. */
  void keep(Set<String> checksums) throws IOException {
    List<Path> others =
        list("").stream()
            .filter(path -> Files.isDirectory(path) && !checksums.contains(name(path)))
            .sorted(Comparator.comparing(ArtefactFiles::lastUsed).reversed())
            .toList();
    for (Path old : others.subList(Math.min(SPARE, others.size()), others.size())) {
      delete(old);
    }
  }

  private Path place(HandlerVersion version) throws IOException {
    Path name = Path.of(version.file()).getFileName();
    boolean isSimple = name != null && name.toString().equals(version.file());
    if (!isSimple || !version.checksum().matches("[0-9a-f]{64}")) {
      throw new IOException("\"" + version.file() + "\" of " + version.id() + " is no file name");
    }
    return folder.resolve(version.checksum()).resolve(version.file());
  }

  private static boolean isWhole(Path file, HandlerVersion version) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    if (Checksum.of(file).equals(version.checksum())) {
      return true;
    }
    LOG.warn("{} has changed, and is fetched again", file);
    return false;
  }

  private void fetch(HandlerVersion version, String gateway, Path file) throws IOException {
    Path part = Files.createTempFile(folder, "", PART);
    try {
      MessageDigest digest = Checksum.digest();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
        copy(version, gateway, out);
      }
      if (!Checksum.of(digest).equals(version.checksum())) {
        throw new IOException("what came of " + version.id() + " has another checksum");
      }
      Files.createDirectories(file.resolveSibling("."));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void copy(HandlerVersion version, String gateway, OutputStream out) throws IOException {
    long offset = 0;
    byte[] piece = pieces.get(gateway, new ArtefactRequest(version.checksum(), offset));
    while (piece.length > 0) {
      out.write(piece);
      offset += piece.length;
      if (offset > version.bytes()) {
        throw new IOException("more came of " + version.id() + " than " + version.bytes() + " B");
      }
      piece = pieces.get(gateway, new ArtefactRequest(version.checksum(), offset));
    }
  }

  private List<Path> list(String suffix) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> name(path).endsWith(suffix)).toList();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static FileTime lastUsed(Path path) {
    try {
      return Files.getLastModifiedTime(path);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static void delete(Path old) throws IOException {
    try (Stream<Path> files = Files.list(old)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(old);
  }
}
