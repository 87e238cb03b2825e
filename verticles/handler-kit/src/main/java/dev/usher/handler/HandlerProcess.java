package dev.usher.handler;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.ClusterSettings;
import dev.usher.cluster.DataFolder;
import dev.usher.cluster.Launch;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that runs one handler, from its options to its exit code. */
final class HandlerProcess {

  private static final Logger LOG = LoggerFactory.getLogger(HandlerProcess.class);
  private static final Duration DEFAULT_DRAIN_LIMIT = Duration.ofSeconds(10);

  /** Longest wait of the {@code ready} line for a beacon; a gateway is not needed to be ready. */
  private static final long BEACON_WAIT_MS = 1_000;

  private static final int NOTICE_SLOTS = 4;

  /** Longest time to leave the cluster, past the drain limit. */
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

  private final NamedHandler named;
  private final String address;
  private final Settings settings;
  private final ClusterSettings cluster;
  private final OptionalInt slots;
  private final Duration drainLimit;

  /** Held to the end of the process: the lock ends with it. */
  private final DataFolder folder;

  private HandlerProcess(NamedHandler named, String address, Launch launch) throws StartFailure {
    this.named = named;
    this.address = address;
    try {
      settings = Settings.load(named.name(), launch.config(), System.getenv());
      cluster = ClusterSettings.from(settings);
      slots = slots(settings, named);
      drainLimit =
          isSet(settings, "shutdown.timeout")
              ? settings.duration("shutdown.timeout")
              : DEFAULT_DRAIN_LIMIT;
    } catch (InvalidSettings | IllegalArgumentException | NoSuchElementException e) {
      throw new StartFailure(StartFailure.USAGE, String.valueOf(e.getMessage()));
    }
    folder = lock(launch.data(), named.name());
  }

  /** Starts the process; returns when it is ready, and ends the JVM when it can't be. */
  static void start(
      NamedHandler named,
      String address,
      Function<HandlerContext, ? extends SignupHandler> handler,
      List<String> args) {
    if (args.contains("--help")) {
      System.out.print(usage(named));
      return;
    }
    try {
      new HandlerProcess(named, address, launch(args)).run(handler);
    } catch (StartFailure failure) {
      System.err.println(named.name() + ": " + failure.getMessage());
      System.exit(failure.exitCode());
    }
  }

  private static String usage(NamedHandler named) {
    return "Runs the handler " + named.name() + " until it is told to end.\n\n" + Launch.USAGE;
  }

  private static Launch launch(List<String> args) throws StartFailure {
    try {
      return Launch.parse(args);
    } catch (IllegalArgumentException e) {
      throw new StartFailure(StartFailure.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static OptionalInt slots(Settings settings, NamedHandler named) {
    if (!isSet(settings, "slots")) {
      return named.slots();
    }
    int slots = settings.number("slots");
    if (slots < 1) {
      throw new IllegalArgumentException("slots: " + slots + " is too few; write 1 or more");
    }
    return OptionalInt.of(slots);
  }

  /** A handler's own schema need not have the keys of the kit. */
  private static boolean isSet(Settings settings, String key) {
    try {
      return settings.find(key).isPresent();
    } catch (IllegalArgumentException inNoSchema) {
      return false;
    }
  }

  private static DataFolder lock(Path data, String name) throws StartFailure {
    try {
      return DataFolder.lock(data, name);
    } catch (IOException e) {
      throw new StartFailure(StartFailure.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private void run(Function<HandlerContext, ? extends SignupHandler> handler) throws StartFailure {
    ClusterMember member = await("can't join the cluster", join());
    try {
      GatewayWatch watch = new GatewayWatch(cluster.seeds());
      await("can't listen for gateways", member.vertx().deployVerticle(watch));
      AtomicReference<@Nullable SignupHandler> made = new AtomicReference<>();
      HandlerInstance instance = instance(member, handler, made);
      Deque<String> deployments = new ArrayDeque<>();
      deployments.push(await("can't start", member.vertx().deployVerticle(instance)));
      if (named.erasedAt().isPresent()) {
        HandlerInstance notices =
            notices(member, named.erasedAt().get(), Objects.requireNonNull(made.get()));
        deployments.push(await("can't start", member.vertx().deployVerticle(notices)));
      }
      int gateways = await("can't count gateways", watch.countWithin(BEACON_WAIT_MS));
      endCleanly(member, deployments);
      ready(member, instance, gateways);
    } catch (StartFailure failure) {
      leave(member);
      throw failure;
    }
  }

  private Future<ClusterMember> join() {
    return ClusterMember.join(cluster, "handler", new VertxOptions());
  }

  private HandlerInstance instance(
      ClusterMember member,
      Function<HandlerContext, ? extends SignupHandler> handler,
      AtomicReference<@Nullable SignupHandler> made) {
    HandlerContext context = new Given(member.vertx(), settings, folder.path());
    return new HandlerInstance(
        new HandlerDescription(member.nodeId(), address, named.announced(), slots),
        () -> {
          SignupHandler one = handler.apply(context);
          made.set(one);
          return one;
        },
        drainLimit);
  }

  /** Few at a time: nobody waits for them, and signups must not wait for their sake. */
  private HandlerInstance notices(ClusterMember member, String erasedAt, SignupHandler handler) {
    String announced = named.announced() + "-erased";
    return new HandlerInstance(
        new HandlerDescription(member.nodeId(), erasedAt, announced, OptionalInt.of(NOTICE_SLOTS)),
        () -> new NoticeHandler(handler),
        drainLimit);
  }

  private record Given(Vertx vertx, Settings settings, Path data) implements HandlerContext {}

  private void ready(ClusterMember member, HandlerInstance instance, int gateways) {
    System.out.printf(
        Locale.ROOT,
        "ready handler=%s address=%s cluster=%s members=%d gateways=%d instance=%s%n",
        named.announced(),
        address,
        cluster.name(),
        member.members().size(),
        gateways,
        instance.id());
    System.out.flush();
  }

  @CanIgnoreReturnValue
  private static <T> T await(String what, Future<T> future) throws StartFailure {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.debug("{}", what, cause);
      throw new StartFailure(
          StartFailure.FAILED, what + ": " + Reason.of(cause) + " (" + Reason.forLog(cause) + ")");
    }
  }

  private static void leave(ClusterMember member) {
    try {
      within(LEAVE_LIMIT, member.leave());
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      LOG.warn("did not leave the cluster cleanly: {}", Reason.of(e));
    }
  }

  /**
   * On SIGTERM and SIGINT. The JVM would report 143 or 130 after its shutdown hooks; a clean end is
   * 0, which is why the hook itself halts.
   */
  private void endCleanly(ClusterMember member, Deque<String> deployments) {
    Runnable end = () -> Runtime.getRuntime().halt(drainAndLeave(member, deployments));
    Runtime.getRuntime().addShutdownHook(new Thread(end, "drain"));
  }

  /** Notices first: they end up in the handler that the other instance then stops. */
  private int drainAndLeave(ClusterMember member, Deque<String> deployments) {
    try {
      for (String deployment : deployments) {
        within(drainLimit.plus(LEAVE_LIMIT), member.vertx().undeploy(deployment));
      }
      // Not chained to the above: a step on an event loop can't see the end of all event loops.
      within(LEAVE_LIMIT, member.leave());
      folder.close();
      LOG.info("{} has left the cluster", named.announced());
      return 0;
    } catch (ExecutionException | TimeoutException | InterruptedException | IOException e) {
      LOG.error("did not end cleanly: {}", Reason.of(e));
      return StartFailure.FAILED;
    }
  }

  private static void within(Duration limit, Future<Void> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
