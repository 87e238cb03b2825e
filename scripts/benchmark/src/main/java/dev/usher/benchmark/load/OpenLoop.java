package dev.usher.benchmark.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Signups at a fixed rate, however long the answers take. Each time counts from when the request
 * <em>should</em> have been sent: a server that stands still delays all that would have come
 * meanwhile, and is charged for each of them (no coordinated omission).
 *
 * <p>Plain sockets and one thread, for on a small machine a richer client is most of what is
 * measured. While requests are due every moment it looks for answers when it sends, and at least
 * every 0.1 ms: an answer that woke a thread of the generator each time would take the processor
 * from the server between any two answers. So a time may be too long by that, never too short.
 *
 * <p>For one thread.
 */
public final class OpenLoop implements AutoCloseable {

  /** How long to run before anything counts: until the generator itself is compiled. */
  public static final Duration WARM_UP = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofNanos(100_000);

  private final Selector selector;
  private final List<Line> lines = new ArrayList<>();
  private final Queue<Line> idle = new ArrayDeque<>();
  private final SignupRequest request;
  private Histogram micros = Load.histogram();
  private long answered;
  private long refused;
  private long sent;
  private long heard;

  /** Connects so often; the headers come with each request. */
  public OpenLoop(URI target, int connections, String... headers) {
    request = new SignupRequest(target, headers);
    try {
      selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        lines.add(new Line(target, selector));
      }
    } catch (IOException e) {
      throw new BenchFailed("can't connect to " + target, e);
    }
    idle.addAll(lines);
  }

  /** Sends so many a second for so long; returns when all are answered. */
  @CanIgnoreReturnValue
  public Load run(double perSecond, Duration time) {
    micros = Load.histogram();
    answered = 0;
    refused = 0;
    long start = System.nanoTime();
    heard = start;
    long count = Math.max(1, Math.round(perSecond * time.toNanos() / 1e9));
    long next = 0;
    while (next < count || idle.size() < lines.size()) {
      long due = start + Math.round(next * 1e9 / perSecond);
      boolean isOver = next == count;
      if (!isOver && !idle.isEmpty() && due <= System.nanoTime()) {
        send(due);
        next++;
      } else {
        rest(isOver || idle.isEmpty() ? Long.MAX_VALUE : due);
      }
    }
    return new Load(answered, refused, (System.nanoTime() - start) / 1e9, micros, 0);
  }

  private void send(long due) {
    try {
      idle.remove().send(request.of(sent++), due);
    } catch (IOException e) {
      throw new BenchFailed("can't send", e);
    }
  }

  /** Takes what answers there are until this time, or until one has come. */
  private void rest(long until) {
    long now = System.nanoTime();
    if (now - heard > PATIENCE.toNanos() && idle.size() < lines.size()) {
      throw new BenchFailed("no answer within " + PATIENCE.toSeconds() + " seconds");
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(until - now);
    try {
      if (millis > 0) {
        var unused = selector.select(this::read, Math.min(millis, PATIENCE.toMillis()));
      } else {
        LockSupport.parkNanos(Math.min(until - now, LOOK.toNanos()));
        var unused = selector.selectNow(this::read);
      }
    } catch (IOException e) {
      throw new BenchFailed("can't wait for answers", e);
    }
  }

  private void read(SelectionKey key) {
    Line line = (Line) key.attachment();
    try {
      int status = line.read();
      if (status > 0) {
        heard = System.nanoTime();
        count(status, heard - line.intendedNanos());
        idle.add(line);
      }
    } catch (IOException e) {
      throw new BenchFailed("can't read an answer", e);
    }
  }

  private void count(int status, long nanos) {
    if (status / 100 == 2) {
      answered++;
    } else {
      refused++;
    }
    Load.record(micros, TimeUnit.NANOSECONDS.toMicros(nanos), 1);
  }

  @Override
  public void close() {
    try {
      for (Line line : lines) {
        line.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new BenchFailed("can't close", e);
    }
  }
}
