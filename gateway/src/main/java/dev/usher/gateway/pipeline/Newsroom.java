package dev.usher.gateway.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens as it is committed, to whoever listens; without a listener it costs one look
 * per change. Handlers are compared once a second, and only while anybody listens. Lives on the
 * loop.
 */
public final class Newsroom {

  private static final Logger LOG = LoggerFactory.getLogger(Newsroom.class);
  private static final Duration ROLL_CALL = Duration.ofSeconds(1);

  private final Loop loop;
  private final Supplier<List<HandlerStatus>> handlers;
  private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();
  private Map<String, HandlerStatus> present = Map.of();
  private Loop.@Nullable Timer rollCall;

  Newsroom(Loop loop, Supplier<List<HandlerStatus>> handlers) {
    this.loop = loop;
    this.handlers = handlers;
  }

  /**
   * Tells a listener everything from now on; from any thread.
   *
   * @param listener called on the loop; must be quick, for signups wait meanwhile
   * @return ends it; from any thread
   */
  public Runnable listen(Consumer<News> listener) {
    loop.run(
        () -> {
          listeners.add(listener);
          if (rollCall == null) {
            present = byInstance();
            callAgain();
          }
        });
    return () -> loop.run(() -> leave(listener));
  }

  void applied(Change change, Applied applied) {
    if (listeners.isEmpty() || change.id().isEmpty()) {
      return;
    }
    if (change instanceof Change.Accept) {
      tell(signup(News.Kind.SIGNUP_ACCEPTED, change));
    }
    if (change instanceof Change.Erase) {
      tell(signup(News.Kind.SIGNUP_ERASED, change));
    }
    if (change instanceof Change.End end && end.step().state() == DeliveryState.DEAD) {
      end.step().cause().ifPresent(cause -> tell(dead(end, end.action(), cause)));
    }
    if (change instanceof Change.Bury bury) {
      tell(dead(bury, bury.action(), Cause.CORRUPT));
    }
    applied.successors().stream()
        .filter(successor -> successor.state() == DeliveryState.DEAD)
        .forEach(successor -> tell(dead(change, successor.action(), Cause.AFTER)));
    applied.became().flatMap(Newsroom::kind).ifPresent(kind -> tell(signup(kind, change)));
  }

  void configured(long revision, Actions before, Actions after) {
    if (listeners.isEmpty()) {
      return;
    }
    Set<String> changed = new TreeSet<>();
    Stream.concat(before.all().stream(), after.all().stream())
        .map(Action::name)
        .filter(name -> !before.find(name).equals(after.find(name)))
        .forEach(changed::add);
    if (!changed.isEmpty()) {
      tell(new News.OfConfig(News.Kind.CONFIG_CHANGED, loop.now(), revision, List.copyOf(changed)));
    }
  }

  /** A signup that is open again is no news: its next end will be. */
  private static Optional<News.Kind> kind(SignupState state) {
    return switch (state) {
      case OPEN -> Optional.empty();
      case COMPLETED -> Optional.of(News.Kind.SIGNUP_COMPLETED);
      case FAILED -> Optional.of(News.Kind.SIGNUP_FAILED);
    };
  }

  private News signup(News.Kind kind, Change change) {
    return new News.OfSignup(kind, loop.now(), change.id());
  }

  private News dead(Change change, String action, Cause cause) {
    return new News.OfDelivery(News.Kind.DELIVERY_DEAD, loop.now(), change.id(), action, cause);
  }

  private void leave(Consumer<News> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty() && rollCall != null) {
      rollCall.cancel();
      rollCall = null;
    }
  }

  private void callAgain() {
    rollCall = loop.after(ROLL_CALL, this::callTheRoll);
  }

  private void callTheRoll() {
    Map<String, HandlerStatus> before = present;
    present = byInstance();
    tellOf(News.Kind.HANDLER_LEFT, before, present.keySet());
    tellOf(News.Kind.HANDLER_JOINED, present, before.keySet());
    callAgain();
  }

  private void tellOf(News.Kind kind, Map<String, HandlerStatus> these, Set<String> without) {
    these.forEach(
        (key, handler) -> {
          if (!without.contains(key)) {
            tell(new News.OfHandler(kind, loop.now(), handler));
          }
        });
  }

  /** Every plain instance has the same name, so the address belongs to it. */
  private Map<String, HandlerStatus> byInstance() {
    Map<String, HandlerStatus> found = new HashMap<>();
    handlers
        .get()
        .forEach(handler -> found.put(handler.instance() + "@" + handler.address(), handler));
    return found;
  }

  private void tell(News news) {
    for (Consumer<News> listener : listeners) {
      try {
        listener.accept(news);
      } catch (RuntimeException e) {
        LOG.warn("a listener failed at the news {}: {}", news.kind().word(), e.toString());
      }
    }
  }
}
