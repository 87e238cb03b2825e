package dev.usher.gateway.cli;

import dev.usher.wire.Checksum;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * A file with a handler in it, read to be sent.
 *
 * @param path where it is
 * @param bytes its size
 * @param checksum its SHA-256, in hexadecimal digits
 */
record HandlerFile(Path path, long bytes, String checksum) {

  private static final int SHOWN_DIGITS = 12;

  /** Reads all of it once. */
  static HandlerFile read(Path path) throws CommandFailed {
    MessageDigest digest = Checksum.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      if (bytes == 0) {
        throw new CommandFailed(Exit.USAGE, path + " is empty");
      }
      return new HandlerFile(path, bytes, Checksum.of(digest));
    } catch (NoSuchFileException e) {
      throw new CommandFailed(Exit.USAGE, "there is no file " + path);
    } catch (IOException e) {
      throw new CommandFailed(Exit.USAGE, "can't read " + path + ": " + e.getMessage());
    }
  }

  /** Without its folder. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /** For the header {@code Repr-Digest}. */
  String reprDigest() {
    return "sha-256=:"
        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum))
        + ":";
  }

  /** For people. */
  String shortChecksum() {
    return checksum.substring(0, SHOWN_DIGITS);
  }

  /** The file as a request's body; tells how many bytes were read so far. */
  BodyPublisher publisher(LongConsumer progress) {
    return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(progress)), bytes);
  }

  private InputStream open(LongConsumer progress) {
    try {
      return new Counting(Files.newInputStream(path), progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counting extends FilterInputStream {

    private final LongConsumer progress;
    private long count;

    Counting(InputStream in, LongConsumer progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      told(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      told(Math.max(0, read));
      return read;
    }

    private void told(int more) {
      count += more;
      progress.accept(count);
    }
  }
}
