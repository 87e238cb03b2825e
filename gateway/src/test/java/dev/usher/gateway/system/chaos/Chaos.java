package dev.usher.gateway.system.chaos;

import dev.usher.gateway.CrashingGateway;
import dev.usher.gateway.Strike;
import dev.usher.gateway.system.fixture.Await;
import dev.usher.gateway.system.fixture.Books;
import dev.usher.gateway.system.fixture.Cluster;
import dev.usher.gateway.system.fixture.GatewayClient;
import dev.usher.gateway.system.fixture.Load;
import dev.usher.gateway.system.fixture.Signups;
import dev.usher.gateway.system.fixture.UsherProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Rounds of a gateway under load that dies, always on the same journal, with two handler processes
 * that write down what they did. Everything random follows from the seed, but for the processes'
 * own timing.
 */
public final class Chaos {

  /** The configuration that the rounds need. */
  public static final String[] ACTIONS = {
    "  welcome: { required: true, address: chaos.welcome,",
    "    retry: { first: 100ms, factor: 2, max: 1s, giveUpAfter: 10h } }",
    "  subscribe: { required: false, address: chaos.subscribe,",
    "    retry: { first: 100ms, factor: 2, max: 1s, giveUpAfter: 10h } }",
    "  tips: { required: false, key: subscribe, address: chaos.tips, after: welcome,",
    "    retry: { first: 100ms, factor: 2, max: 1s, giveUpAfter: 10h } }"
  };

  private static final int CONNECTIONS = 32;
  private static final int PASSAGES = 400;

  /** A commit is of many changes. */
  private static final int COMMITS = 60;

  private static final int WARM = 20;
  private static final long RANDOM_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
  private static final Duration REACH = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final Random random;
  private final List<UsherProcess> handlers = new ArrayList<>();
  private final List<Path> records = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();

  /** Chaos in a cluster that has {@link #ACTIONS} and nobody in it yet. */
  public Chaos(Cluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(seed);
  }

  /** Runs this many rounds; each of these strikes comes as often as any other. */
  public Chaos run(int count, List<Strike> kinds) {
    launchHandler();
    launchHandler();
    handlers.forEach(UsherProcess::awaitReady);
    List<Strike> strikes = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      if (strikes.isEmpty()) {
        strikes.addAll(kinds);
        Collections.shuffle(strikes, random);
      }
      Round round = round(number, strikes.remove(0));
      rounds.add(round);
      System.out.println(
          "round " + number + ": " + round.strike().word() + ", " + round.accepted().size());
    }
    return this;
  }

  /** Lets a gateway do what is left, and looks at what everybody has on record. */
  public Verdict judge() {
    GatewayClient client = cluster.startGateway().client();
    Books books = client.awaitSettledWhileItMoves(Duration.ofSeconds(120));
    return Verdict.of(rounds, Evidence.read(cluster, records), books);
  }

  private Round round(int number, Strike strike) {
    Instant begin = Instant.now();
    UsherProcess gateway = launchGateway(strike, 1 + random.nextInt(passages(strike)));
    Await.until("the gateway is ready or has ended", () -> isReady(gateway) || !gateway.isAlive());
    if (!isReady(gateway)) {
      return new Round(number, strike, true, begin, List.of(), List.of());
    }
    GatewayClient client = cluster.ready(gateway).client();
    Load load = Load.start(client, CONNECTIONS, Duration.ZERO, i -> payload(number, i));
    boolean isStruck = strike.isPassage() ? awaitPassage(gateway) : kill(strike, gateway, load);
    gateway.kill9();
    load.stop();
    List<Integer> others = load.statuses().keySet().stream().filter(one -> one != 202).toList();
    return new Round(number, strike, isStruck, begin, load.accepted(), others);
  }

  private static int passages(Strike strike) {
    return switch (strike) {
      case BEFORE_COMMIT, AFTER_COMMIT -> COMMITS;
      case IN_COMMIT, BEFORE_SEND, AFTER_SEND, BEFORE_OUTCOME, IN_OUTCOME, AFTER_OUTCOME ->
          PASSAGES;
      case GATEWAY_KILLED, HANDLER_KILLED -> 1;
    };
  }

  /** Every second person subscribes. */
  private static String payload(int round, int signup) {
    String more = signup % 2 == 0 ? "" : ",\"subscribe\":true";
    return Signups.person(Round.username(round, signup), more);
  }

  private static boolean isReady(UsherProcess gateway) {
    return gateway.lines().stream().anyMatch(line -> line.startsWith("ready"));
  }

  private static boolean awaitPassage(UsherProcess gateway) {
    long deadline = System.nanoTime() + REACH.toNanos();
    while (gateway.isAlive() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return !gateway.isAlive();
  }

  private boolean kill(Strike strike, UsherProcess gateway, Load load) {
    load.awaitMore(WARM);
    anyMoment();
    if (strike == Strike.HANDLER_KILLED) {
      handlers.remove(random.nextInt(handlers.size())).kill9();
      launchHandler();
      anyMoment();
    }
    gateway.kill9();
    return true;
  }

  private void anyMoment() {
    LockSupport.parkNanos((long) (random.nextDouble() * RANDOM_NANOS));
  }

  private void launchHandler() {
    Path record = cluster.data().resolveSibling("record-" + records.size());
    records.add(record);
    handlers.add(
        cluster.launchRecordingHandler(record, "chaos.welcome", "chaos.subscribe", "chaos.tips"));
  }

  private UsherProcess launchGateway(Strike strike, int passage) {
    return cluster.launchMain(
        "gateway " + strike.word(),
        CrashingGateway.class,
        List.of("-Dstrike=" + strike.word(), "-Dpassage=" + passage),
        "--config",
        cluster.config().toString(),
        "--data",
        cluster.data().toString());
  }
}
