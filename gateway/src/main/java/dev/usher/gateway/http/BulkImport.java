package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.Accepted;
import dev.usher.gateway.pipeline.Candidate;
import dev.usher.gateway.pipeline.ChangeUnwritable;
import dev.usher.gateway.pipeline.JournalUnavailable;
import dev.usher.gateway.pipeline.Overloaded;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bulk request under way. Lines are taken while few enough are in flight and the client reads
 * its results; else the request is paused, and with it the sender: memory stays flat however many
 * lines there are. Where the gateway is overloaded a line waits here until it is accepted. Lives on
 * the request's event loop.
 */
final class BulkImport {

  /** Lines in flight. */
  private static final int WINDOW = 512;

  /** Bytes of lines in flight. */
  private static final long WINDOW_BYTES = 4 << 20;

  /** Shorter than any time-out for connections on which nothing happens. */
  private static final long RETRY_MS = 250;

  /** To the parser each line is a text of its own; the person who wrote it counts otherwise. */
  private static final String LINE_OF_ITS_OWN = "Line 1, column ";

  private static final Buffer BLANK_LINE = Buffer.buffer("\n");
  private static final Logger LOG = LoggerFactory.getLogger(BulkImport.class);

  /** A line whose result has not been written yet. */
  private static final class Entry {
    private final long number;
    private final int bytes;
    private @Nullable ObjectNode result;

    Entry(LineSplitter.Line line) {
      number = line.number();
      bytes = line.text().length;
    }
  }

  private final BulkApi api;
  private final Vertx vertx;
  private final Context context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final @Nullable String key;
  private final Runnable atEnd;
  private final LineSplitter splitter;
  private final Deque<LineSplitter.Line> unread = new ArrayDeque<>();
  private final Deque<Entry> inFlight = new ArrayDeque<>();
  private long bytesInFlight;
  private boolean isAllSent;
  private boolean isOver;

  /**
   * Reads nothing yet.
   *
   * @param key line n has the idempotency key {@code key:n}
   * @param atEnd runs once, however this ends
   */
  BulkImport(RoutingContext routing, BulkApi api, @Nullable String key, Runnable atEnd) {
    this.api = api;
    this.key = key;
    this.atEnd = atEnd;
    vertx = routing.vertx();
    context = vertx.getOrCreateContext();
    request = routing.request();
    response = routing.response();
    splitter = new LineSplitter(api.lineLimit(), unread::add);
  }

  void start() {
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, BulkApi.NDJSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .drainHandler(drained -> pump())
        .exceptionHandler(broken -> over())
        .closeHandler(closed -> over());
    request
        .handler(this::more)
        .endHandler(
            ended -> {
              splitter.end();
              isAllSent = true;
              pump();
            })
        .exceptionHandler(broken -> over());
  }

  private void more(Buffer piece) {
    splitter.add(piece);
    pump();
  }

  /** Takes what may be taken, and says whether more may come. */
  private void pump() {
    // Once more where that made room again: nothing would come to say so when all are answered.
    do {
      flush();
      while (!isOver && !unread.isEmpty() && hasRoom()) {
        take(unread.remove());
      }
    } while (isNextAnswered());
    if (isOver) {
      return;
    }
    if (!unread.isEmpty()) {
      request.pause();
    } else if (!isAllSent) {
      request.resume();
    } else if (inFlight.isEmpty()) {
      var unused = response.end();
      over();
    }
  }

  private boolean isNextAnswered() {
    Entry next = inFlight.peek();
    return next != null && next.result != null;
  }

  private boolean hasRoom() {
    return inFlight.size() < WINDOW && bytesInFlight < WINDOW_BYTES && !response.writeQueueFull();
  }

  private void take(LineSplitter.Line line) {
    if (line.isBlank()) {
      return;
    }
    Entry entry = new Entry(line);
    inFlight.add(entry);
    bytesInFlight += entry.bytes;
    try {
      accept(entry, candidate(line));
    } catch (Refused refused) {
      entry.result = problem(entry, refused.problem());
    }
  }

  private Candidate candidate(LineSplitter.Line line) {
    if (line.isTooLong()) {
      throw new Refused(
          new Problem(
              413,
              "too-large",
              "The line is longer than the " + api.lineLimit() + " bytes this gateway takes."));
    }
    Candidate candidate = api.bodies().read(line.text());
    return key == null ? candidate : candidate.withKey(api.macs(), key + ":" + line.number());
  }

  private void accept(Entry entry, Candidate candidate) {
    Future<Accepted> accepted =
        key == null
            ? api.pipeline().accept(candidate).map(receipt -> new Accepted(receipt, false))
            : api.pipeline().acceptOnce(candidate);
    var unused =
        accepted.onComplete(ended -> context.runOnContext(turn -> ended(entry, candidate, ended)));
  }

  private void ended(Entry entry, Candidate candidate, AsyncResult<Accepted> ended) {
    if (isOver) {
      return;
    }
    Throwable failure = ended.cause();
    if (mayPass(failure)) {
      vertx.setTimer(RETRY_MS, passed -> again(entry, candidate));
      return;
    }
    entry.result =
        failure == null ? accepted(entry, ended.result()) : problem(entry, problemOf(failure));
    if (entry == inFlight.peek()) {
      pump();
    }
  }

  private static boolean mayPass(@Nullable Throwable failure) {
    return failure instanceof Overloaded
        || (failure instanceof JournalUnavailable && !(failure instanceof ChangeUnwritable));
  }

  private void again(Entry entry, Candidate candidate) {
    if (isOver) {
      return;
    }
    if (entry == inFlight.peek()) {
      // A connection on which nothing happens would be closed.
      var unused = response.write(BLANK_LINE);
    }
    accept(entry, candidate);
  }

  private static Problem problemOf(Throwable failure) {
    return Problem.of(failure)
        .orElseGet(
            () -> {
              LOG.error("a line of an import failed", failure);
              return Problem.of(500);
            });
  }

  /** Writes the results that are next in line. */
  private void flush() {
    Buffer results = Buffer.buffer();
    for (Entry next = inFlight.peek(); next != null && next.result != null; ) {
      results.appendBuffer(Json.write(next.result)).appendByte((byte) '\n');
      bytesInFlight -= next.bytes;
      inFlight.remove();
      next = inFlight.peek();
    }
    if (results.length() > 0 && !isOver) {
      var unused = response.write(results);
    }
  }

  private static ObjectNode accepted(Entry entry, Accepted accepted) {
    ObjectNode result =
        Json.mapper()
            .createObjectNode()
            .put("line", entry.number)
            .put("status", 202)
            .put("id", accepted.receipt().id())
            .put("state", accepted.receipt().state().word());
    return accepted.isReplay() ? result.put("replayed", true) : result;
  }

  private static ObjectNode problem(Entry entry, Problem problem) {
    ObjectNode result = Json.mapper().createObjectNode().put("line", entry.number);
    result.setAll(problem.json());
    return result.put("detail", problem.detail().replace(LINE_OF_ITS_OWN, "Column "));
  }

  private void over() {
    if (!isOver) {
      isOver = true;
      unread.clear();
      inFlight.clear();
      atEnd.run();
    }
  }
}
