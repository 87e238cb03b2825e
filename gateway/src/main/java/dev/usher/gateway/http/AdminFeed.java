package dev.usher.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.usher.gateway.pipeline.News;
import dev.usher.gateway.pipeline.Overloaded;
import dev.usher.gateway.pipeline.Pipeline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /admin/events}: what goes on in the gateway, live. State ({@code totals}, {@code
 * actions}, {@code handlers}) is sent when it changed, at most so often; {@code news} is a sample
 * under load, and {@code skipped} counts what it left out. While nobody reads, nothing is made; the
 * ring is kept for a while after the last reader left, so that it can resume. Lives on the context
 * of the admin port.
 */
final class AdminFeed {

  private static final String PATH = "/admin/events";

  /** Each holds a connection. */
  private static final int MOST = 100;

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final long TICK_MS = 250;

  /** Actions and handlers are looked at in each of so many ticks. */
  private static final int SLOW = 4;

  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Pipeline pipeline;
  private final Supplier<Future<ObjectNode>> actions;
  private final Supplier<Future<ObjectNode>> handlers;
  private final Duration idleTimeout;

  /** Tells the events of this run from those of another. */
  private final String run = Long.toString(System.currentTimeMillis(), 36) + "-";

  private final FeedRing ring = new FeedRing();
  private final FeedSample sample = new FeedSample();
  private final Map<String, JsonNode> sent = new HashMap<>();
  private final List<FeedReader> readers = new ArrayList<>();
  private final Seats seats = new Seats(MOST);
  private @Nullable Context context;
  private @Nullable Runnable leaveNews;
  private long timer;
  private long ticks;
  private long lastReadNanos;

  /**
   * Sends nothing yet.
   *
   * @param actions as {@code GET /admin/actions} has them
   * @param handlers as {@code GET /admin/handlers} has them
   */
  AdminFeed(
      Pipeline pipeline,
      Supplier<Future<ObjectNode>> actions,
      Supplier<Future<ObjectNode>> handlers,
      Duration idleTimeout) {
    this.pipeline = pipeline;
    this.actions = actions;
    this.handlers = handlers;
    this.idleTimeout = idleTimeout;
  }

  void mount(Router router, Vertx vertx) {
    context = vertx.getOrCreateContext();
    router.route(HttpMethod.GET, PATH).handler(this::serve);
    Answers.otherMethods(router.route(PATH), "GET");
  }

  private void serve(RoutingContext request) {
    if (pipeline.isDraining()) {
      Answers.failed(request, new Overloaded("the gateway is shutting down", RETRY));
    } else if (!seats.take()) {
      Answers.failed(request, new Overloaded("too many streams are open", RETRY));
    } else {
      begin(request.vertx());
      FeedReader[] reader = new FeedReader[1];
      EventStream stream = EventStream.open(request, idleTimeout, () -> left(reader[0]));
      reader[0] = new FeedReader(stream, ring, this::snapshot, position(request));
      readers.add(reader[0]);
      reader[0].read();
    }
  }

  /** The number after which a reader goes on; negative for one that needs a snapshot first. */
  private long position(RoutingContext request) {
    String id = LastEventId.of(request.request());
    return id.startsWith(run) ? LastEventId.number(id.substring(run.length())) : -1;
  }

  private void left(@Nullable FeedReader reader) {
    readers.remove(reader);
    seats.giveBack();
    lastReadNanos = System.nanoTime();
  }

  private void begin(Vertx vertx) {
    if (leaveNews == null) {
      leaveNews = pipeline.news().listen(this::heard);
      timer = vertx.setPeriodic(TICK_MS, tick -> tick(vertx));
    }
  }

  /** On the pipeline's loop. */
  private void heard(News news) {
    Context home = context;
    if (home != null && sample.lets(news, System.nanoTime())) {
      home.runOnContext(turn -> add("news", Json.mapper().valueToTree(news.facts())));
    }
  }

  private void tick(Vertx vertx) {
    if (pipeline.isDraining()) {
      List.copyOf(readers).forEach(FeedReader::end);
      readers.clear();
    }
    if (readers.isEmpty() && System.nanoTime() - lastReadNanos > LINGER_NANOS) {
      stop(vertx);
      return;
    }
    changed("totals", AdminJson.totals(pipeline.totals()));
    long skipped = sample.takeSkipped();
    if (skipped > 0) {
      add("skipped", Json.mapper().createObjectNode().put("news", skipped));
    }
    if (ticks++ % SLOW == 0 && !readers.isEmpty()) {
      look("actions", actions);
      look("handlers", handlers);
    }
  }

  private void look(String name, Supplier<Future<ObjectNode>> state) {
    var unused = state.get().onSuccess(json -> onContext(() -> changed(name, json)));
  }

  private void stop(Vertx vertx) {
    Runnable leave = leaveNews;
    if (leave != null) {
      leave.run();
      leaveNews = null;
    }
    vertx.cancelTimer(timer);
    ring.clear();
    sent.clear();
  }

  private void changed(String name, JsonNode now) {
    if (!now.equals(sent.put(name, now))) {
      add(name, now);
    }
  }

  private void add(String name, JsonNode data) {
    ring.add(run, name, Json.write(data));
    List.copyOf(readers).forEach(FeedReader::read);
  }

  /** Everything as it stands now, for a reader that begins or has missed something. */
  private Future<Buffer> snapshot(long number) {
    Future<ObjectNode> allActions = actions.get();
    Future<ObjectNode> allHandlers = handlers.get();
    return Future.all(allActions, allHandlers)
        .map(
            all -> {
              ObjectNode json = Json.mapper().createObjectNode();
              json.set("totals", AdminJson.totals(pipeline.totals()));
              json.set("actions", allActions.result());
              json.set("handlers", allHandlers.result());
              return EventStream.event(run + number, "reset", Json.write(json));
            })
        .compose(this::onContext);
  }

  private <T> Future<T> onContext(T value) {
    Promise<T> later = Promise.promise();
    onContext(() -> later.complete(value));
    return later.future();
  }

  private void onContext(Runnable step) {
    Context home = context;
    if (home != null) {
      home.runOnContext(turn -> step.run());
    }
  }
}
