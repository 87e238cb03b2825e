package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.SignupFilter;
import dev.usher.gateway.pipeline.SignupPage;
import dev.usher.gateway.pipeline.SignupState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds signups, newest first, among millions: each filter begins at the index that leaves the
 * fewest <i>candidates</i>, looks at a bounded number of them and says where to go on. Lives on the
 * reader thread.
 */
final class SignupSearch {

  private static final String WITH_OPEN = candidates("running", "1") + " UNION " + pending();
  private static final String WITH_ENDED =
      candidates("dead", "3") + " UNION " + candidates("cancelled", "4");

  /** What is open has a delivery that runs or is pending. */
  static final String OPEN = WITH_OPEN + " ORDER BY seq DESC LIMIT ?2";

  /** What failed has a delivery that is dead or cancelled. */
  static final String FAILED = WITH_ENDED + " ORDER BY seq DESC LIMIT ?2";

  /** A person's signups in a block of 256 that follow each other. */
  static final String PERSON =
      """
      SELECT seq FROM signup INDEXED BY person
      WHERE seq < ?1 AND (seq >> 8) = ?4 AND person = ?3 ORDER BY seq DESC LIMIT ?2
      """;

  static final String ALL = "SELECT seq FROM signup WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";

  private static final String HEAD = "SELECT id, accepted_at FROM signup WHERE seq = ?";
  private static final String NEWEST = "SELECT max(seq) FROM signup";

  /** Candidates read at once. */
  private static final int CHUNK = 500;

  /** Candidates looked at for one page: a few tens of milliseconds. */
  private static final int MOST = 10_000;

  /** Blocks looked into for one page of a person's signups: a few tens of milliseconds. */
  private static final int MOST_BLOCKS = 20_000;

  private static final int BLOCK_BITS = 8;

  /** Signups are in order of acceptance, which a clock that was set back is not. */
  private static final Duration CLOCK_SLACK = Duration.ofHours(1);

  private final Reader lines;
  private final PreparedStatement open;
  private final PreparedStatement failed;
  private final PreparedStatement person;
  private final PreparedStatement all;
  private final PreparedStatement head;
  private final PreparedStatement newest;

  SignupSearch(Connection connection, Reader lines) throws SQLException {
    this.lines = lines;
    open = connection.prepareStatement(OPEN);
    failed = connection.prepareStatement(FAILED);
    person = connection.prepareStatement(PERSON);
    all = connection.prepareStatement(ALL);
    head = connection.prepareStatement(HEAD);
    newest = connection.prepareStatement(NEWEST);
  }

  private static String candidates(String index, String state) {
    return "SELECT seq FROM (SELECT DISTINCT seq FROM delivery INDEXED BY "
        + index
        + " WHERE state = "
        + state
        + " AND seq < ?1 ORDER BY seq DESC LIMIT ?2)";
  }

  private static String pending() {
    return candidates("pending", "0");
  }

  SignupPage page(SignupFilter filter, long before, int limit) throws SQLException {
    List<SignupPage.Entry> found = new ArrayList<>();
    long from = Math.min(before, newestSeq() + 1);
    int looked = 0;
    while (looked < MOST) {
      Chunk chunk = chunk(filter, from);
      for (long seq : chunk.seqs()) {
        Optional<SignupPage.Entry> entry = entry(seq);
        if (entry.isPresent() && isTooOld(entry.get(), filter)) {
          return new SignupPage(found, OptionalLong.empty());
        }
        entry.filter(one -> matches(one, filter)).ifPresent(found::add);
        if (found.size() == limit) {
          return new SignupPage(found, OptionalLong.of(seq));
        }
      }
      if (chunk.next().isEmpty()) {
        return new SignupPage(found, OptionalLong.empty());
      }
      from = chunk.next().getAsLong();
      looked += CHUNK;
      if (filter.person().length > 0) {
        break;
      }
    }
    return new SignupPage(found, OptionalLong.of(from));
  }

  /** Candidates in their order, and before which signup the next ones are. */
  private record Chunk(List<Long> seqs, OptionalLong next) {}

  private Chunk chunk(SignupFilter filter, long before) throws SQLException {
    if (filter.person().length > 0) {
      return ofPerson(filter.person(), before);
    }
    List<Long> seqs = seqs(source(filter), before);
    return new Chunk(
        seqs,
        seqs.size() < CHUNK ? OptionalLong.empty() : OptionalLong.of(seqs.get(seqs.size() - 1)));
  }

  private PreparedStatement source(SignupFilter filter) {
    if (filter.state().isEmpty()) {
      return all;
    }
    return switch (filter.state().get()) {
      case OPEN -> open;
      case FAILED -> failed;
      case COMPLETED -> all;
    };
  }

  private Chunk ofPerson(byte[] fingerprint, long before) throws SQLException {
    List<Long> seqs = new ArrayList<>();
    long block = before >> BLOCK_BITS;
    long last = Math.max(0, block - MOST_BLOCKS);
    person.setBytes(3, fingerprint);
    for (; block >= last; block--) {
      person.setLong(4, block);
      seqs.addAll(seqs(person, before));
      if (seqs.size() >= CHUNK) {
        return new Chunk(seqs, OptionalLong.of(seqs.get(seqs.size() - 1)));
      }
    }
    return new Chunk(seqs, last == 0 ? OptionalLong.empty() : OptionalLong.of(last << BLOCK_BITS));
  }

  private static List<Long> seqs(PreparedStatement query, long before) throws SQLException {
    query.setLong(1, before);
    query.setInt(2, CHUNK);
    List<Long> seqs = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        seqs.add(row.getLong(1));
      }
    }
    return seqs;
  }

  private Optional<SignupPage.Entry> entry(long seq) throws SQLException {
    head.setLong(1, seq);
    try (ResultSet row = head.executeQuery()) {
      return row.next()
          ? Optional.of(
              new SignupPage.Entry(
                  seq, row.getString(1), Instant.ofEpochMilli(row.getLong(2)), lines.lines(seq)))
          : Optional.empty();
    }
  }

  private long newestSeq() throws SQLException {
    try (ResultSet row = newest.executeQuery()) {
      return row.getLong(1);
    }
  }

  private static boolean isTooOld(SignupPage.Entry entry, SignupFilter filter) {
    return filter
        .since()
        .map(since -> entry.acceptedAt().isBefore(since.minus(CLOCK_SLACK)))
        .orElse(false);
  }

  private static boolean matches(SignupPage.Entry entry, SignupFilter filter) {
    Optional<SignupState> state = filter.state();
    return (state.isEmpty() || state.get() == entry.state())
        && filter.action().map(name -> owes(entry, name)).orElse(true)
        && filter.since().map(since -> !entry.acceptedAt().isBefore(since)).orElse(true);
  }

  private static boolean owes(SignupPage.Entry entry, String action) {
    return entry.deliveries().stream().anyMatch(line -> line.action().equals(action));
  }
}
