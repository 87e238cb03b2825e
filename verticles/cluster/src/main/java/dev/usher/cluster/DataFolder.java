package dev.usher.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that one process keeps for itself, {@code data/<its name>/}. The lock is the operating
 * system's, so it ends with the process however that ends.
 */
public final class DataFolder implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder where it is missing and locks it.
   *
   * @throws IOException when the folder can't be used, or another process holds it: the message
   *     names its pid
   */
  public static DataFolder lock(Path data, String process) throws IOException {
    return lock(data, process, false);
  }

  /**
   * The same where others who share it may have it at the same time, but nobody else.
   *
   * @throws IOException when the folder can't be used, or another process has it for itself
   */
  public static DataFolder share(Path data, String process) throws IOException {
    return lock(data, process, true);
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static DataFolder lock(Path data, String process, boolean isShared) throws IOException {
    Path folder = data.resolve(process);
    Path file = folder.resolve("lock");
    FileChannel channel = open(folder, file);
    if (tryLock(channel, isShared) == null) {
      channel.close();
      throw new IOException(
          folder
              + " is in use by process "
              + holder(file)
              + "; stop it, or start with another --data folder");
    }
    channel.truncate(0);
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new DataFolder(folder, channel);
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** Lets another process have the folder. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static FileChannel open(Path folder, Path file) throws IOException {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          folder
              + " can't be written ("
              + e.getClass().getSimpleName()
              + "); give it to this user, or start with another --data folder",
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean isShared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, isShared);
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String holder(Path file) {
    try {
      String pid = Files.readString(file).strip();
      return pid.isEmpty() ? "unknown" : pid;
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
