package dev.usher.runner.catalogue;

import dev.usher.wire.ArtefactRequest;
import dev.usher.wire.HandlerVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Versions of handlers, and a gateway that has their files. */
final class Versions implements Pieces {

  private static final int PIECE_BYTES = 4;

  private final Map<String, byte[]> files = new HashMap<>();
  private boolean isAway;

  /** A version whose file has this content. */
  synchronized HandlerVersion of(String name, int number, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String checksum = checksum(bytes);
    files.put(checksum, bytes);
    return new HandlerVersion(
        name, number, name + ".jar", checksum, bytes.length, "", Map.of(), false);
  }

  /** From now on the file of this version has another content. */
  synchronized void spoil(HandlerVersion version, String content) {
    files.put(version.checksum(), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the gateway answers nobody. */
  synchronized void away(boolean now) {
    isAway = now;
  }

  @Override
  public synchronized byte[] get(String gateway, ArtefactRequest request) throws IOException {
    if (isAway) {
      throw new IOException("gateway " + gateway + " is not there");
    }
    byte[] file = files.get(request.checksum());
    int from = (int) request.offset();
    return Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE_BYTES));
  }

  private static String checksum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }
}
