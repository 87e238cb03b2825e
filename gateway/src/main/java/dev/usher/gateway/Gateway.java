package dev.usher.gateway;

import dev.usher.bridge.BridgeDoor;
import dev.usher.cluster.ClusterMember;
import dev.usher.gateway.config.ActionsWatch;
import dev.usher.gateway.config.GatewaySettings;
import dev.usher.gateway.config.LimitSettings;
import dev.usher.gateway.delivery.BusInvoker;
import dev.usher.gateway.delivery.BusNews;
import dev.usher.gateway.delivery.CallRules;
import dev.usher.gateway.delivery.CanaryShares;
import dev.usher.gateway.delivery.Invokers;
import dev.usher.gateway.delivery.WebhookInvoker;
import dev.usher.gateway.deploy.Deployments;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.gateway.metrics.GatewayMetrics;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Limits;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.runner.EmbeddedRunner;
import dev.usher.settings.Durations;
import dev.usher.settings.InvalidSettings;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway: builds every part, hands each what it needs, and takes all down again in order. With
 * {@link Doors} the only place that knows all edges.
 */
final class Gateway {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** A loop that is busy for this long is worth a report: a signup waited all that time. */
  private static final long BLOCKED_MS = 500;

  /**
   * One loop fewer than cores: the journal's thread needs air, and on two cores one loop is faster.
   */
  private static final int LOOPS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

  private final Preparation prepared;
  private final GatewaySettings settings;
  private final ActionsWatch actions;
  private final Shutdown shutdown = new Shutdown();
  private final Optional<List<Path>> developed;
  private volatile Optional<EmbeddedRunner> runner = Optional.empty();

  Gateway(Preparation prepared) {
    this(prepared, Optional.empty());
  }

  /**
   * One with handlers that somebody develops.
   *
   * @param developed their files, which the runner in it watches closely
   */
  Gateway(Preparation prepared, Optional<List<Path>> developed) {
    this.prepared = prepared;
    this.developed = developed;
    settings = prepared.settings();
    actions = prepared.actions();
  }

  /**
   * Joins the cluster, recovers the journal and opens the ports; returns when the gateway is ready.
   *
   * @throws StartFailed with a message for people
   */
  void start() {
    start(Ports.BARE);
  }

  /** The same, with something put around the pipeline's ports. */
  void start(Ports around) {
    try {
      Future<ClusterMember> joining = join();
      SqliteJournal.load();
      ClusterMember member = await(joining);
      await(assemble(member, around));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartFailed(String.valueOf(cause.getMessage()), cause);
    } catch (Exception e) {
      throw new StartFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /** Stops accepting, then sending, waits for what is in flight, commits, leaves. Blocks. */
  void stop() {
    LOG.info("stopping: accepts nothing more, waits for what is in flight");
    shutdown.run();
    LOG.info("stopped");
  }

  /** What runs handlers in it, if it was told to. */
  Optional<EmbeddedRunner> runner() {
    return runner;
  }

  private Future<ClusterMember> join() {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(LOOPS)
            .setMaxEventLoopExecuteTime(BLOCKED_MS)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setWarningExceptionTime(BLOCKED_MS)
            .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS)
            .setBlockedThreadCheckInterval(BLOCKED_MS)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS);
    return ClusterMember.join(settings.cluster(), Preparation.NAME, options);
  }

  /** Each part goes down before those it stands on, so its end is said right after its making. */
  private Future<Void> assemble(ClusterMember member, Ports around)
      throws SQLException, IOException, InvalidSettings {
    shutdown.first(member::leave);
    refuseSecondGateway(member);
    VertxLoop loop = new VertxLoop(member.vertx());
    JournalNews journalNews = new JournalNews(loop);
    SqliteJournal journal = journal(loop, journalNews);
    shutdown.first(() -> member.vertx().executeBlocking(() -> close(journal)));
    JournalOffice office =
        new JournalOffice(journal, Clock.systemUTC(), backup -> keepFiles(member, backup)).swept();
    prepared.configs().open(journal);
    BusInvoker invoker = new BusInvoker(member, loop, member.nodeId(), this::addresses);
    shutdown.first(invoker::stop);
    BridgeDoor bridge =
        new BridgeDoor(settings.bridge(), settings.shutdownTimeout(), member, this::addresses);
    shutdown.first(bridge::close);
    RunnerRoom handlers = handlers(member);
    shutdown.first(handlers::close);
    runner = handlers.runner();
    // They need the cluster and nothing of this gateway: what follows takes as long as their start.
    Future<Void> handlersRun = handlers.open();
    WebhookInvoker webhooks = webhooks(member, loop);
    shutdown.first(webhooks::stop);
    GatewayMetrics metrics = metrics(journal);
    Pipeline pipeline =
        new Pipeline(
            loop,
            around.around(journal),
            around.around(new Invokers(invoker, webhooks)),
            limits(),
            () -> ThreadLocalRandom.current().nextDouble(),
            new SignupIds(Clock.systemUTC())::next,
            metrics);
    journalNews.tell(metrics, pipeline);
    BusNews news = new BusNews(member, loop, pipeline.news()::listen);
    shutdown.first(news::stop);
    Deployments deployments =
        new Deployments(
            member, loop, journal::write, prepared.folder().path().resolve(HandlerFiles.FOLDER));
    deployments.onCatalogue(catalogue -> invoker.divide(CanaryShares.of(catalogue)));
    shutdown.first(deployments::stop);
    Doors doors = new Doors(prepared, member, LOOPS, pipeline, metrics, office, deployments);
    shutdown.first(doors::close);
    shutdown.first(() -> pipeline.drain(settings.shutdownTimeout()));
    return loop.call(invoker::start)
        .compose(listening -> recordFirst(journal))
        .compose(recorded -> pipeline.start(actions.actions(), actions.revision()))
        .compose(recovered -> journal.artefacts())
        .compose(deployments::start)
        .compose(
            started -> {
              follow(pipeline);
              retain(pipeline);
              news.start();
              return doors.open();
            })
        .compose(opened -> bridge.open())
        .compose(opened -> handlersRun)
        .compose(opened -> member.vertx().executeBlocking(() -> ready(member, doors, bridge)));
  }

  private Future<HandlerFiles> keepFiles(ClusterMember member, Path backup) {
    return member
        .vertx()
        .executeBlocking(() -> HandlerFiles.keptWith(backup, prepared.folder().path()), false);
  }

  private RunnerRoom handlers(ClusterMember member) throws InvalidSettings, IOException {
    return settings.isRunnerEmbedded()
        ? RunnerRoom.of(
            member, settings.cluster(), prepared.launch(), prepared.environment(), developed)
        : RunnerRoom.none();
  }

  private WebhookInvoker webhooks(ClusterMember member, VertxLoop loop) {
    CallRules rules = new CallRules(settings.webhooks().isPrivateAllowed());
    return new WebhookInvoker(member.vertx(), loop, actions::actions, rules);
  }

  private SqliteJournal journal(VertxLoop loop, JournalNews news) throws SQLException {
    try {
      return SqliteJournal.open(prepared.journal(), settings.limits().diskBytes(), loop, news);
    } catch (SQLException e) {
      throw new SQLException(Preparation.unusable(prepared.journal(), e), e);
    }
  }

  private GatewayMetrics metrics(SqliteJournal journal) {
    return new GatewayMetrics(
        journal::totals,
        () -> actions.problems().size(),
        () -> actions.inForce().aside().size(),
        () -> journal.pressure().isDown() ? 0 : 1,
        journal::space);
  }

  /** A SQLite journal has one writer: two gateways of one cluster would both own every signup. */
  private void refuseSecondGateway(ClusterMember member) {
    member
        .elderWithRole(Preparation.NAME)
        .ifPresent(
            other -> {
              throw new IllegalStateException(
                  "the cluster "
                      + settings.cluster().name()
                      + " has a gateway already, at "
                      + other
                      + ", and a SQLite journal serves only one; stop it, or start this one with"
                      + " another USHER_CLUSTER_NAME");
            });
  }

  /** Signups refer to it, so it goes before them. */
  private Future<?> recordFirst(SqliteJournal journal) {
    return actions
        .first()
        .<Future<?>>map(revision -> journal.write(new Change.Configure(revision, Optional.empty())))
        .orElseGet(Future::succeededFuture);
  }

  /** From here on; and what changed while the journal was recovered. */
  private void follow(Pipeline pipeline) {
    Runnable adopt = () -> pipeline.configure(actions.actions(), actions.revision());
    prepared.reload().tell(adopt);
    adopt.run();
  }

  private void retain(Pipeline pipeline) {
    Duration age = settings.journal().retention();
    if (age.isZero()) {
      LOG.info("journal.retention is 0s: signups are kept for ever");
    } else {
      LOG.info(
          "signups that are settled are removed {} after they were accepted (journal.retention)",
          Durations.format(age));
    }
    pipeline.retain(age);
  }

  private @Nullable Void ready(ClusterMember member, Doors doors, BridgeDoor bridge)
      throws IOException {
    Endpoints endpoints = doors.endpoints();
    endpoints.write(prepared.folder().path());
    shutdown.first(
        () -> {
          actions.close();
          return member.vertx().executeBlocking(this::removeEndpoints);
        });
    System.out.println(
        "ready public="
            + endpoints.publicUrl()
            + " admin="
            + endpoints.adminUrl()
            + " cluster="
            + settings.cluster().name()
            + " members="
            + member.nodes().size()
            + bridge.place().map(place -> " bridge=" + place).orElse(""));
    return null;
  }

  private @Nullable Void removeEndpoints() throws IOException {
    Endpoints.remove(prepared.folder().path());
    return null;
  }

  private Limits limits() {
    LimitSettings limits = settings.limits();
    return new Limits(
        limits.queueBytes(),
        limits.queueAge(),
        limits.openDeliveries(),
        settings.delivery().window());
  }

  private Set<String> addresses() {
    return actions.actions().withNotices().stream()
        .filter(action -> action.webhook().isEmpty())
        .map(Action::address)
        .collect(Collectors.toSet());
  }

  private static @Nullable Void close(SqliteJournal journal) throws Exception {
    journal.close();
    return null;
  }

  private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
