package dev.usher.gateway.journal;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Fingerprints;
import dev.usher.gateway.pipeline.Lane;
import dev.usher.gateway.pipeline.Signup;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Signups written at once, until the last of them is synced: the SQL, and the syncs of the disk on
 * which this is started. A score is for all of them together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class GroupMicro {

  private static final byte[] PAYLOAD = "x".repeat(300).getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000);

  /** Signups at once. */
  @Param({"1", "64", "512"})
  public int signups;

  private static final class Deaf implements CommitListener {

    @Override
    public void committed(int changes, long nanos) {}

    @Override
    public void reopened() {}
  }

  private final OneThread loop = new OneThread();
  private Path folder;
  private SqliteJournal journal;
  private long seq;

  /** Opens an empty journal below the present folder. */
  @Setup
  public void open() throws IOException, SQLException {
    folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "micro");
    journal = SqliteJournal.open(folder.resolve("journal.db"), 0, loop, new Deaf());
    seq = journal.lastSeq();
  }

  /** Each with two deliveries. */
  @Benchmark
  public Applied acceptAll() {
    List<Future<Applied>> writes = new ArrayList<>(signups);
    for (int i = 0; i < signups; i++) {
      writes.add(journal.write(accept(++seq)));
    }
    return writes.get(signups - 1).toCompletionStage().toCompletableFuture().join();
  }

  private static Change accept(long seq) {
    String id = String.format(Locale.ROOT, "signup_%026d", seq);
    byte[] person = ByteBuffer.allocate(16).putLong(seq * 0x9E3779B97F4A7C15L).putLong(seq).array();
    return new Change.Accept(
        new Signup(seq, id, NOW, PAYLOAD),
        1,
        List.of(
            new Change.Planned("first", true, Lane.FRESH, Instant.EPOCH, ""),
            new Change.Planned("subscribe", false, Lane.FRESH, Instant.EPOCH, "")),
        Fingerprints.ofPerson(person));
  }

  /** Closes the journal and deletes it. */
  @TearDown
  public void close() throws IOException, SQLException, InterruptedException {
    journal.close();
    loop.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
