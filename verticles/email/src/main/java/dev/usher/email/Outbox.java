package dev.usher.email;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A folder of letters, {@code <delivery id>.eml}, that only its owner can read. A letter is whole
 * or not there, survives a crash of the machine once it is sent, and takes the place of its
 * duplicate.
 */
final class Outbox implements Transport {

  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final String UNFINISHED = ".unfinished";

  private final Vertx vertx;
  private final Path folder;

  private Outbox(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
  }

  /**
   * Opens the folder, making it where it is missing. Blocks.
   *
   * @throws IOException when it can't be used
   */
  static Outbox open(Vertx vertx, Path folder) throws IOException {
    Files.createDirectories(folder);
    sweep(folder);
    return new Outbox(vertx, folder);
  }

  /** A folder in which there may be letters of before; none is written to it. */
  static Outbox left(Vertx vertx, Path folder) {
    return new Outbox(vertx, folder);
  }

  /**
   * Removes what another process left unfinished when it died. What is younger than this process is
   * its own: in a runner, another version of this handler may be writing it.
   */
  private static void sweep(Path folder) throws IOException {
    FileTime start = FileTime.fromMillis(ManagementFactory.getRuntimeMXBean().getStartTime());
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
      for (Path file : left) {
        if (isFromBefore(start, file)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean isFromBefore(FileTime start, Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).compareTo(start) < 0;
    } catch (NoSuchFileException finished) {
      return false;
    }
  }

  @Override
  public Future<Void> send(String delivery, MailMessage letter, Duration within) {
    if (!FILE_NAME.matcher(delivery).matches()) {
      return Future.failedFuture(new NotSent("the delivery id can't be the name of a file"));
    }
    return vertx
        .<Void>executeBlocking(() -> write(folder.resolve(delivery + ".eml"), letter), false)
        .recover(cause -> Future.failedFuture(notSent(cause)));
  }

  /** Removes the letter of a delivery, where it is there. */
  Future<Void> erase(String delivery) {
    if (!FILE_NAME.matcher(delivery).matches()) {
      return Future.succeededFuture();
    }
    return vertx
        .<Void>executeBlocking(() -> remove(folder.resolve(delivery + ".eml")), false)
        .recover(cause -> Future.failedFuture(notSent(cause)));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  @SuppressWarnings("NullAway") // A Future<Void> has nothing but null to give.
  private Void write(Path file, MailMessage letter) throws IOException {
    // On a POSIX system the file is its owner's alone (mode 600) from the beginning.
    Path unfinished = Files.createTempFile(folder, "letter", UNFINISHED);
    try {
      writeDurably(unfinished, Eml.of(letter));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    syncFolder();
    return null;
  }

  @SuppressWarnings("NullAway") // A Future<Void> has nothing but null to give.
  private Void remove(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolder();
    }
    return null;
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /**
   * Without it the name of the new file could be lost with the power; Windows knows no such thing.
   */
  private void syncFolder() throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Kind of the error only: its message holds a path, which says nothing to whom it is shown. */
  private static NotSent notSent(Throwable cause) {
    return new NotSent("the outbox could not be written: " + cause.getClass().getSimpleName());
  }
}
