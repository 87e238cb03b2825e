package dev.usher.gateway.delivery;

import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.pipeline.Budget;
import dev.usher.gateway.pipeline.Loop;
import dev.usher.gateway.pipeline.News;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes news on the bus for observers: {@code usher.signup.accepted} and so on. Published only,
 * so some may be lost; the journal is what counts. Once a second it is looked up who listens where:
 * what nobody listens to is not published, and while nobody listens at all, nothing is even heard.
 * Lives on the loop.
 */
public final class BusNews {

  private static final Logger LOG = LoggerFactory.getLogger(BusNews.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** The bus has no way to say that an observer is slow; what it can't take would fill the heap. */
  private static final int A_SECOND = 5_000;

  private final ClusterMember member;
  private final Loop loop;
  private final Function<Consumer<News>, Runnable> newsroom;
  private final Budget budget = new Budget(A_SECOND);
  private Set<News.Kind> wanted = EnumSet.noneOf(News.Kind.class);
  private @Nullable Runnable leave;
  private long dropped;
  private boolean isStopped;

  /**
   * Publishes nothing before {@link #start}.
   *
   * @param newsroom begins to tell a listener, and answers how to end that
   */
  public BusNews(ClusterMember member, Loop loop, Function<Consumer<News>, Runnable> newsroom) {
    this.member = member;
    this.loop = loop;
    this.newsroom = newsroom;
  }

  /** Where news of a kind are published. */
  public static String address(News.Kind kind) {
    return "usher." + kind.word();
  }

  /** Begins to look for observers. */
  public void start() {
    loop.run(this::look);
  }

  /** Publishes nothing more. */
  public void stop() {
    loop.run(
        () -> {
          isStopped = true;
          want(EnumSet.noneOf(News.Kind.class));
        });
  }

  private void look() {
    if (isStopped) {
      return;
    }
    Map<News.Kind, Future<Set<String>>> found = new EnumMap<>(News.Kind.class);
    for (News.Kind kind : News.Kind.values()) {
      found.put(kind, member.consumersAt(address(kind)));
    }
    var unused =
        Future.join(List.copyOf(found.values()))
            .onComplete(all -> loop.run(() -> seen(listened(found))));
  }

  private void seen(Set<News.Kind> kinds) {
    want(kinds);
    var unused = loop.after(LOOK, this::look);
  }

  private static Set<News.Kind> listened(Map<News.Kind, Future<Set<String>>> found) {
    Set<News.Kind> kinds = EnumSet.noneOf(News.Kind.class);
    found.forEach(
        (kind, nodes) -> {
          if (nodes.succeeded() && !nodes.result().isEmpty()) {
            kinds.add(kind);
          }
        });
    return kinds;
  }

  private void want(Set<News.Kind> kinds) {
    if (isStopped) {
      kinds.clear();
    }
    wanted = kinds;
    tellOfDropped();
    if (kinds.isEmpty() && leave != null) {
      leave.run();
      leave = null;
    } else if (!kinds.isEmpty() && leave == null) {
      leave = newsroom.apply(this::heard);
    }
  }

  private void heard(News news) {
    if (!wanted.contains(news.kind())) {
      return;
    }
    if (budget.spend(loop.nanos())) {
      member.vertx().eventBus().publish(address(news.kind()), new JsonObject(news.facts()));
    } else {
      dropped++;
    }
  }

  private void tellOfDropped() {
    if (dropped > 0) {
      LOG.info("{} life-cycle events not published: more than {} a second", dropped, A_SECOND);
      dropped = 0;
    }
  }
}
