package dev.usher.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one request on its way into a file: never more of it is in memory than a few pieces,
 * as the sender is held up while the disk is slower. Lives on the request's event loop.
 */
final class UploadedFile {

  private static final Logger LOG = LoggerFactory.getLogger(UploadedFile.class);

  private final RoutingContext routing;
  private final HttpServerRequest request;
  private final AsyncFile file;
  private final long limit;
  private final Ends ends;
  private long bytes;
  private boolean isOver;

  /** What follows; one of both runs, once. */
  interface Ends {

    /** All of it is in the file. */
    void whole();

    /** It did not come whole; the request was answered if there still is somebody to answer. */
    void broken();
  }

  private UploadedFile(RoutingContext routing, AsyncFile file, long limit, Ends ends) {
    this.routing = routing;
    request = routing.request();
    this.file = file;
    this.limit = limit;
    this.ends = ends;
  }

  /**
   * Reads a request, which is paused, into a file that is there.
   *
   * @param limit longest body taken, in bytes
   */
  static void receive(RoutingContext routing, Path path, long limit, Ends ends) {
    Vertx vertx = routing.vertx();
    var unused =
        vertx
            .fileSystem()
            .open(path.toString(), new OpenOptions().setWrite(true).setCreate(false))
            .onSuccess(file -> new UploadedFile(routing, file, limit, ends).start())
            .onFailure(
                failure -> {
                  unwritable(routing, failure);
                  ends.broken();
                });
  }

  /** What a longer body is answered with. */
  static Problem tooLarge(long limit) {
    return new Problem(
        413,
        "too-large",
        "The file is longer than the "
            + limit
            + " bytes this gateway takes; the setting artefacts.max-bytes says how many.");
  }

  private void start() {
    file.exceptionHandler(this::notWritten).drainHandler(drained -> request.resume());
    request
        .exceptionHandler(cut -> over(() -> {}))
        .endHandler(ended -> end())
        .handler(this::more)
        .resume();
    if (routing.response().closed()) {
      // It was cut off before anybody listened for that.
      over(() -> {});
    }
  }

  private void more(Buffer piece) {
    if (isOver) {
      return;
    }
    bytes += piece.length();
    if (bytes > limit) {
      over(() -> Answers.problem(routing, tooLarge(limit)));
      return;
    }
    var unused = file.write(piece).onFailure(this::notWritten);
    if (file.writeQueueFull()) {
      request.pause();
    }
  }

  private void end() {
    if (!isOver) {
      isOver = true;
      var unused =
          file.close()
              .onSuccess(closed -> ends.whole())
              .onFailure(
                  failure -> {
                    unwritable(routing, failure);
                    ends.broken();
                  });
    }
  }

  private void notWritten(Throwable failure) {
    over(() -> unwritable(routing, failure));
  }

  private void over(Runnable answer) {
    if (!isOver) {
      isOver = true;
      request.resume();
      answer.run();
      var unused = file.close().onComplete(closed -> ends.broken());
    }
  }

  private static void unwritable(RoutingContext routing, Throwable failure) {
    LOG.error("an uploaded file can't be written: {}", String.valueOf(failure.getMessage()));
    Answers.problem(
        routing,
        new Problem(503, "disk", "The file can't be written here; the gateway's log says why."));
  }
}
