package dev.usher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.usher.cluster.ClusterMember;
import dev.usher.cluster.DataFolder;
import dev.usher.cluster.Launch;
import dev.usher.gateway.config.ActionsWatch;
import dev.usher.gateway.config.GatewaySettings;
import dev.usher.gateway.config.HttpSettings;
import dev.usher.gateway.config.InForce;
import dev.usher.gateway.config.Saved;
import dev.usher.gateway.delivery.BusInvoker;
import dev.usher.gateway.delivery.BusNews;
import dev.usher.gateway.http.AdminApi;
import dev.usher.gateway.http.AdminToken;
import dev.usher.gateway.http.BulkApi;
import dev.usher.gateway.http.ConnectionRules;
import dev.usher.gateway.http.FormPages;
import dev.usher.gateway.http.HttpPorts;
import dev.usher.gateway.http.IntakeRules;
import dev.usher.gateway.http.Operations;
import dev.usher.gateway.http.PayloadSchema;
import dev.usher.gateway.http.PublicApi;
import dev.usher.gateway.http.Role;
import dev.usher.gateway.journal.CommitListener;
import dev.usher.gateway.journal.SavedConfig;
import dev.usher.gateway.journal.SqliteJournal;
import dev.usher.gateway.metrics.GatewayMetrics;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Limits;
import dev.usher.gateway.pipeline.Macs;
import dev.usher.gateway.pipeline.Pipeline;
import dev.usher.settings.Durations;
import dev.usher.settings.InvalidSettings;
import dev.usher.settings.Setting;
import dev.usher.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway: builds every part, hands each what it needs, and takes all down again in order. The
 * only place that knows all edges.
 */
final class Gateway {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final String NAME = "gateway";

  /** Far longer than any step of a shutdown takes, the waiting for attempts in flight included. */
  private static final long STOP_SECONDS = 120;

  /** A loop that is busy for this long is worth a report: a signup waited all that time. */
  private static final long BLOCKED_MS = 500;

  private final GatewaySettings settings;
  private final PayloadSchema schema;
  private final ActionsWatch actions;
  private final ConfigJournal configs;
  private final DataFolder folder;
  private final AdminTokenFile token;
  private final Macs macs;
  private final Settings shownSettings;
  private final Capacity capacity = Capacity.ofThisProcess();
  private final List<Supplier<Future<Void>>> stops = new ArrayList<>();
  private @Nullable Pipeline pipeline;

  private Gateway(
      GatewaySettings settings,
      PayloadSchema schema,
      ActionsWatch actions,
      ConfigJournal configs,
      DataFolder folder,
      AdminTokenFile token,
      Macs macs,
      Settings shownSettings) {
    this.settings = settings;
    this.schema = schema;
    this.actions = actions;
    this.configs = configs;
    this.folder = folder;
    this.token = token;
    this.macs = macs;
    this.shownSettings = shownSettings;
  }

  /**
   * Reads and checks everything that a person wrote, and locks the data folder.
   *
   * @throws InvalidSettings naming every problem of the settings
   * @throws IOException when the data folder is in use or can't be written
   */
  static Gateway prepare(Launch launch, Map<String, String> environment)
      throws InvalidSettings, IOException {
    Settings all;
    GatewaySettings settings;
    PayloadSchema schema;
    try {
      all = Settings.load(NAME, launch.config(), environment);
      settings = GatewaySettings.from(all, launch.config());
      schema = SignupSchema.load(settings.signup());
    } catch (InvalidSettings e) {
      // A person wants to hear of every file at once.
      var unused = new ConfigFiles(environment).check(launch.config());
      throw e;
    }
    DataFolder folder = DataFolder.lock(launch.data(), NAME);
    AdminTokenFile token = AdminTokenFile.in(folder.path(), settings.admin().token());
    Macs macs = JournalKey.in(folder.path());
    Reload reload = new Reload();
    ConfigJournal configs = new ConfigJournal();
    ActionsWatch actions =
        ActionsWatch.start(
            launch.config().resolve("actions.yaml"),
            environment,
            saved(settings.journal().file(folder.path())),
            configs,
            reload);
    Gateway gateway = new Gateway(settings, schema, actions, configs, folder, token, macs, all);
    reload.gateway = gateway;
    return gateway;
  }

  private static Saved saved(Path journal) throws IOException {
    try {
      SavedConfig saved = SavedConfig.read(journal);
      return new Saved(saved.overrides(), saved.last(), saved.highest());
    } catch (SQLException e) {
      throw new IOException(unusable(journal, e), e);
    }
  }

  private static String unusable(Path journal, SQLException cause) {
    return "the journal "
        + journal
        + " can't be used: "
        + cause.getMessage()
        + "; put it back from a backup, or move it away to start with an empty one";
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
      ClusterMember member = await(join());
      await(assemble(member, around));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartFailed(String.valueOf(cause.getMessage()), cause);
    } catch (Exception e) {
      throw new StartFailed(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Stops accepting, then sending, waits for what is in flight, commits, leaves. Blocks: each step
   * is awaited here, as a chain of futures would end with the event loops that the last step stops.
   */
  void stop() {
    LOG.info("stopping: accepts nothing more, waits for what is in flight");
    for (Supplier<Future<Void>> stop : stops) {
      try {
        stop.get().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        LOG.warn("a step of the shutdown failed: {}", String.valueOf(e.getMessage()));
      }
    }
    LOG.info("stopped");
  }

  private Future<ClusterMember> join() {
    // One loop fewer than cores: the journal's thread needs air, and on two cores one loop is
    // faster.
    int loops = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(loops)
            .setMaxEventLoopExecuteTime(BLOCKED_MS)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setWarningExceptionTime(BLOCKED_MS)
            .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS)
            .setBlockedThreadCheckInterval(BLOCKED_MS)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS);
    return ClusterMember.join(settings.cluster(), NAME, options);
  }

  private Future<Void> assemble(ClusterMember member, Ports around)
      throws SQLException, IOException {
    stops.add(0, member::leave);
    refuseSecondGateway(member);
    VertxLoop loop = new VertxLoop(member.vertx());
    Parts parts = new Parts(loop);
    SqliteJournal journal = journal(loop, parts);
    stops.add(0, () -> member.vertx().executeBlocking(() -> close(journal)));
    JournalOffice office = new JournalOffice(journal, folder.path(), Clock.systemUTC()).swept();
    configs.open(journal);
    BusInvoker invoker = new BusInvoker(member, loop, member.nodeId(), this::addresses);
    stops.add(
        0,
        () -> {
          invoker.stop();
          return Future.succeededFuture();
        });
    GatewayMetrics metrics =
        new GatewayMetrics(
            journal::totals,
            () -> actions.problems().size(),
            () -> journal.pressure().isDown() ? 0 : 1,
            journal::space);
    parts.metrics = metrics;
    Pipeline built =
        new Pipeline(
            loop,
            around.around(journal),
            around.around(invoker),
            limits(),
            () -> ThreadLocalRandom.current().nextDouble(),
            new SignupIds(Clock.systemUTC())::next,
            metrics);
    parts.pipeline = built;
    BusNews news = new BusNews(member, loop, built.news()::listen);
    stops.add(
        0,
        () -> {
          news.stop();
          return Future.succeededFuture();
        });
    HttpPorts ports =
        new HttpPorts(
            member.vertx(),
            new PublicApi(
                built, schema, macs, intakeRules(), settings.http().idleTimeout(), metrics),
            new AdminApi(
                built,
                operations(member, built, metrics, office),
                new BulkApi(built, schema, macs, settings.http().bodyLimit()),
                settings.http().idleTimeout()),
            new ConnectionRules(
                settings.http().idleTimeout(),
                settings.http().requestTimeout(),
                capacity.connections(settings.http().connections())));
    stops.add(0, ports::close);
    stops.add(0, () -> built.drain(settings.shutdownTimeout()));
    return onLoop(loop, invoker::start)
        .compose(listening -> recordFirst(journal))
        .compose(recorded -> built.start(actions.actions(), actions.revision()))
        .compose(
            recovered -> {
              pipeline = built;
              built.configure(actions.actions(), actions.revision());
              retain(built);
              news.start();
              return ports.open(
                  settings.http().host(),
                  settings.http().port(),
                  settings.admin().host(),
                  settings.admin().port());
            })
        .compose(opened -> member.vertx().executeBlocking(() -> ready(member, ports)));
  }

  private SqliteJournal journal(VertxLoop loop, Parts parts) throws SQLException {
    Path file = settings.journal().file(folder.path());
    try {
      return SqliteJournal.open(file, settings.limits().diskBytes(), loop, parts);
    } catch (SQLException e) {
      throw new SQLException(unusable(file, e), e);
    }
  }

  /** A SQLite journal has one writer: two gateways of one cluster would both own every signup. */
  private void refuseSecondGateway(ClusterMember member) {
    member
        .elderWithRole(NAME)
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

  private void retain(Pipeline built) {
    Duration age = settings.journal().retention();
    if (age.isZero()) {
      LOG.info("journal.retention is 0s: signups are kept for ever");
    } else {
      LOG.info(
          "signups that are settled are removed {} after they were accepted (journal.retention)",
          Durations.format(age));
    }
    built.retain(age);
  }

  private @Nullable Void ready(ClusterMember member, HttpPorts ports) throws IOException {
    Endpoints endpoints =
        new Endpoints(
            settings.http().host(), ports.publicPort(), settings.admin().host(), ports.adminPort());
    endpoints.write(folder.path());
    stops.add(
        0,
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
            + member.nodes().size());
    return null;
  }

  private @Nullable Void removeEndpoints() throws IOException {
    Endpoints.remove(folder.path());
    return null;
  }

  private Operations operations(
      ClusterMember member, Pipeline built, GatewayMetrics metrics, JournalOffice office) {
    return new Operations(
        office,
        macs,
        tokens(),
        () -> new Operations.Cluster(settings.cluster().name(), member.nodes().size()),
        new LiveActions(actions),
        this::config,
        new Scrape(built, metrics, Clock.systemUTC())::now);
  }

  /** The one in the data folder is for whoever runs this process, who may do anything anyway. */
  private List<AdminToken> tokens() {
    List<AdminToken> tokens = new ArrayList<>();
    tokens.add(new AdminToken("local", Role.DEPLOY, token.token()));
    settings
        .admin()
        .tokens()
        .forEach(one -> tokens.add(new AdminToken(one.name(), Role.of(one.role()), one.token())));
    return tokens;
  }

  private IntakeRules intakeRules() {
    HttpSettings http = settings.http();
    return new IntakeRules(
        http.bodyLimit(),
        capacity.bodyBytes(),
        new FormPages(http.formSuccess(), http.formFailure()),
        http.origins(),
        http.perClient(),
        http.trustedProxies());
  }

  private Limits limits() {
    return new Limits(
        settings.limits().queueBytes(),
        settings.limits().queueAge(),
        settings.limits().openDeliveries(),
        settings.delivery().window());
  }

  private JsonNode config() {
    List<Setting> shown = new ArrayList<>(shownSettings.values());
    shown.addAll(actions.inForce().configured().settings());
    return SettingsJson.of(shown);
  }

  /** Signups refer to it, so it goes before them. */
  private Future<?> recordFirst(SqliteJournal journal) {
    return actions
        .first()
        .<Future<?>>map(revision -> journal.write(new Change.Configure(revision, Optional.empty())))
        .orElseGet(Future::succeededFuture);
  }

  private Set<String> addresses() {
    return actions.actions().withNotices().stream()
        .map(Action::address)
        .collect(Collectors.toSet());
  }

  private void reloaded() {
    Pipeline running = pipeline;
    if (running != null) {
      running.configure(actions.actions(), actions.revision());
    }
  }

  private static @Nullable Void close(SqliteJournal journal) throws Exception {
    journal.close();
    return null;
  }

  private static <T> Future<T> onLoop(VertxLoop loop, Supplier<Future<T>> step) {
    Promise<T> done = Promise.promise();
    loop.run(
        () -> {
          var unused = step.get().onComplete(done);
        });
    return done.future();
  }

  private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  /** Ties the journal's news to parts that are built after it. */
  private static final class Parts implements CommitListener {

    private final VertxLoop loop;
    private volatile @Nullable GatewayMetrics metrics;
    private volatile @Nullable Pipeline pipeline;

    Parts(VertxLoop loop) {
      this.loop = loop;
    }

    @Override
    public void committed(int changes, long nanos) {
      GatewayMetrics known = metrics;
      if (known != null) {
        known.committed(changes, nanos);
      }
    }

    @Override
    public void reopened() {
      Pipeline known = pipeline;
      if (known != null) {
        loop.run(
            () -> {
              var unused = known.resume();
            });
      }
    }
  }

  /** Reaches the gateway that is built after the watch has begun. */
  private static final class Reload implements Consumer<InForce> {

    private volatile @Nullable Gateway gateway;

    @Override
    public void accept(InForce changed) {
      Gateway known = gateway;
      if (known != null) {
        known.reloaded();
      }
    }
  }
}
