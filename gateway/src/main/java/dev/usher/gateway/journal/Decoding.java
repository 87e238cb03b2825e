package dev.usher.gateway.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.usher.gateway.pipeline.Corrupt;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Page;
import dev.usher.gateway.pipeline.Signup;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes deliveries of rows, and names those that it can't. A row is taken for what it should be
 * only where every column is: one bad row must neither reach a handler nor hide the rest.
 */
final class Decoding {

  /** What {@link #page} reads, from {@code delivery}, {@code signup} and {@code action}. */
  static final String COLUMNS =
      "delivery.seq, id, accepted_at, payload, name, required, lane, due, attempts, since,"
          + " erased_at";

  private static final byte[] ERASED = {};
  private static final JsonFactory JSON = new JsonFactory();

  private Decoding() {}

  /** The rows of a query up to its limits. */
  static Page page(PreparedStatement query, Page.Limit limit) throws SQLException {
    List<Delivery> deliveries = new ArrayList<>();
    List<Corrupt> corrupt = new ArrayList<>();
    long bytes = 0;
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byte[] payload = row.getBytes(4);
        Optional<String> fault = fault(row, payload);
        if (fault.isPresent()) {
          String id = Objects.requireNonNullElse(row.getString(2), "");
          corrupt.add(new Corrupt(row.getLong(1), id, row.getString(5), fault.get()));
          continue;
        }
        Delivery delivery = delivery(row, signup(row, payload));
        deliveries.add(delivery);
        bytes += delivery.signup().payload().length;
        if (bytes >= limit.bytes()) {
          return new Page(deliveries, false, corrupt);
        }
      }
    }
    boolean isLast = deliveries.size() + corrupt.size() < limit.deliveries();
    return new Page(deliveries, isLast, corrupt);
  }

  private static Optional<String> fault(ResultSet row, byte @Nullable [] payload)
      throws SQLException {
    if (row.getString(2) == null) {
      return Optional.of("it belongs to no signup");
    }
    if (!isNumber(row, 3) || !isNumber(row, 8) || !isNumber(row, 9)) {
      return Optional.of("accepted_at, due and attempts must be numbers");
    }
    if (row.getObject(10) != null && !isNumber(row, 10)) {
      return Optional.of("since must be a number");
    }
    if (!Codes.isLane(row.getInt(7))) {
      return Optional.of("lane " + row.getInt(7) + " is unknown");
    }
    // All that is owed to an erased signup is notices, which have nothing to tell.
    boolean isErased = payload == null && row.getObject(11) != null;
    return isErased || isObject(payload)
        ? Optional.empty()
        : Optional.of("its payload is not a JSON object");
  }

  private static boolean isNumber(ResultSet row, int column) throws SQLException {
    return row.getObject(column) instanceof Number number && number.longValue() >= 0;
  }

  private static boolean isObject(byte @Nullable [] payload) {
    if (payload == null) {
      return false;
    }
    try (JsonParser parser = JSON.createParser(payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }

  private static Delivery delivery(ResultSet row, Signup signup) throws SQLException {
    return new Delivery(
        signup,
        row.getString(5),
        row.getBoolean(6),
        Codes.LANES.get(row.getInt(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        row.getInt(9),
        instant(row, 10));
  }

  /** The signup in the first four columns. */
  static Signup signup(ResultSet row) throws SQLException {
    return signup(row, row.getBytes(4));
  }

  private static Signup signup(ResultSet row, byte @Nullable [] payload) throws SQLException {
    return new Signup(
        row.getLong(1),
        row.getString(2),
        Instant.ofEpochMilli(row.getLong(3)),
        Objects.requireNonNullElse(payload, ERASED));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
