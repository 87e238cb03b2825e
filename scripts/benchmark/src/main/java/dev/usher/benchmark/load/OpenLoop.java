package dev.usher.benchmark.load;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Signups at a fixed rate, however long the answers take. Each time counts from when the request
 * <em>should</em> have been sent: a server that stands still delays all that would have come
 * meanwhile, and is charged for each of them (no coordinated omission). Plain sockets, one thread
 * that sends and one that reads: on a small machine a richer client is most of what is measured.
 */
public final class OpenLoop implements AutoCloseable {

  /** How long to run before anything counts: until the generator itself is compiled. */
  public static final Duration WARM_UP = Duration.ofSeconds(3);

  private static final long PATIENCE_SECONDS = 30;

  private final Selector selector;
  private final List<Line> lines = new ArrayList<>();
  private final BlockingQueue<Line> idle;
  private final SignupRequest request;
  private final Thread reader = new Thread(this::readAll, "answers");
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private Histogram micros = Load.histogram();
  private long answered;
  private long refused;
  private long sent;

  /** Connects so often; the headers come with each request. */
  public OpenLoop(URI target, int connections, String... headers) {
    request = new SignupRequest(target, headers);
    idle = new ArrayBlockingQueue<>(connections);
    try {
      selector = Selector.open();
      for (int i = 0; i < connections; i++) {
        lines.add(new Line(target, selector));
      }
    } catch (IOException e) {
      throw new BenchFailed("can't connect to " + target, e);
    }
    idle.addAll(lines);
    reader.setDaemon(true);
    reader.start();
  }

  /** Sends so many a second for so long; returns when all are answered. */
  @CanIgnoreReturnValue
  public Load run(double perSecond, Duration time) {
    // Nothing is under way: the reader writes these only for an answer, and sees them by the queue.
    micros = Load.histogram();
    answered = 0;
    refused = 0;
    long start = System.nanoTime();
    long count = Math.max(1, Math.round(perSecond * time.toNanos() / 1e9));
    for (long i = 0; i < count; i++) {
      send(start + Math.round(i * 1e9 / perSecond));
    }
    awaitAnswers();
    return new Load(answered, refused, (System.nanoTime() - start) / 1e9, micros, 0);
  }

  private void send(long due) {
    long early = due - System.nanoTime();
    while (early > 0) {
      LockSupport.parkNanos(early);
      early = due - System.nanoTime();
    }
    Line line = idleLine();
    try {
      line.send(request.of(sent++), due);
    } catch (IOException e) {
      throw new BenchFailed("can't send", e);
    }
  }

  private void awaitAnswers() {
    List<Line> all = new ArrayList<>();
    while (all.size() < lines.size()) {
      all.add(idleLine());
    }
    idle.addAll(all);
  }

  private Line idleLine() {
    try {
      Line line = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Throwable broken = failure.get();
      if (broken != null) {
        throw new BenchFailed("the answers broke off", broken);
      }
      if (line == null) {
        throw new BenchFailed("no answer within " + PATIENCE_SECONDS + " seconds");
      }
      return line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailed("interrupted", e);
    }
  }

  private void readAll() {
    try {
      while (selector.isOpen()) {
        var unused = selector.select(this::read);
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  private void read(SelectionKey key) {
    Line line = (Line) key.attachment();
    try {
      int status = line.read();
      if (status > 0) {
        count(status, System.nanoTime() - line.intendedNanos());
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
