package dev.usher.wire;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A runner asks for a piece of a file, at {@link Addresses#artefacts} of the gateway that has it.
 * The answer is a buffer of at most {@link #PIECE_BYTES}, empty at the end of the file; it fails
 * with code 404 where the gateway has no such file.
 *
 * @param checksum SHA-256 of the whole file
 * @param offset first byte wanted
 */
public record ArtefactRequest(String checksum, long offset) {

  /** One piece: few enough bytes to leave room between them for deliveries on the connection. */
  public static final int PIECE_BYTES = 256 * 1024;

  /** This request as the JSON that travels on the bus. */
  public JsonObject toJson() {
    return new JsonObject().put("checksum", checksum).put("offset", offset);
  }

  /** Reads a request from the bus. */
  public static ArtefactRequest fromJson(JsonObject json) {
    return new ArtefactRequest(
        Objects.requireNonNull(json.getString("checksum"), "a request without checksum"),
        json.getLong("offset", 0L));
  }
}
