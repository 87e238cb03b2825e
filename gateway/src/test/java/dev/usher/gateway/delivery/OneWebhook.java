package dev.usher.gateway.delivery;

import dev.usher.gateway.LoopOf;
import dev.usher.gateway.pipeline.Action;
import dev.usher.gateway.pipeline.Actions;
import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.AttemptPolicy;
import dev.usher.gateway.pipeline.Delivery;
import dev.usher.gateway.pipeline.Ending;
import dev.usher.gateway.pipeline.Invoker;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Track;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An invoker of webhooks whose names a test makes up, and one action that has such a webhook. */
final class OneWebhook implements AutoCloseable {

  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final Duration LONG = Duration.ofSeconds(60);

  private static final byte[] PAYLOAD =
      "{\"username\":\"Ada\",\"company\":\"Ängström\"}".getBytes(StandardCharsets.UTF_8);

  /** How often any name was asked for. */
  final AtomicInteger lookups = new AtomicInteger();

  final WebhookInvoker invoker;
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
  private final LoopOf loop;
  private volatile Actions actions = new Actions(List.of());
  private long seqs;

  OneWebhook(Vertx vertx, boolean isPrivateAllowed, HttpClientOptions options) {
    loop = new LoopOf(vertx);
    invoker =
        TwoMembers.await(
            loop.call(
                () ->
                    io.vertx.core.Future.succeededFuture(
                        new WebhookInvoker(
                            loop,
                            () -> actions,
                            new Callout(
                                vertx, this::resolve, new CallRules(isPrivateAllowed), options)))));
    invoker.listen(new Recording());
  }

  /** What a name server says from now on; what it was not told it asks the machine. */
  OneWebhook name(String host, String... addresses) {
    names.put(host, List.of(addresses));
    return this;
  }

  /** The action's webhook from now on. */
  OneWebhook at(String url, String... secrets) {
    List<String> keys = secrets.length == 0 ? List.of(SECRET) : List.of(secrets);
    Webhook webhook = new Webhook(URI.create(url), keys);
    actions = new Actions(List.of(action(webhook.address(), Optional.of(webhook))));
    return this;
  }

  /** The action is performed on the bus from now on. */
  void atNoWebhook() {
    actions = new Actions(List.of(action("signup.crm", Optional.empty())));
  }

  /** Sends a first attempt and waits for what comes of it. */
  Ending sent() {
    return sent(LONG);
  }

  Ending sent(Duration timeout) {
    send(timeout, 1);
    return next();
  }

  Ending sentAs(int attempt) {
    send(LONG, attempt);
    return next();
  }

  void send(Duration timeout, int number) {
    long seq = ++seqs;
    Signup signup = new Signup(seq, "signup_" + seq, Instant.EPOCH, PAYLOAD);
    String address = actions.all().get(0).address();
    var unused =
        TwoMembers.await(
            loop.call(
                () -> {
                  Delivery delivery = Delivery.planned(signup, actions.all().get(0));
                  for (int i = 0; i < number; i++) {
                    delivery = delivery.started(loop.now());
                  }
                  var slot = invoker.reserve(address, Track.MAIN, 1).orElseThrow();
                  invoker.send(new Attempt(delivery, slot, loop.now(), loop.nanos(), timeout));
                  return io.vertx.core.Future.succeededFuture(true);
                }));
  }

  Ending next() {
    try {
      Ending next = endings.poll(90, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no attempt ended");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int inFlight() {
    return TwoMembers.await(
        loop.call(
            () ->
                io.vertx.core.Future.succeededFuture(
                    invoker.handlers().stream().mapToInt(one -> one.inFlight()).sum())));
  }

  @Override
  public void close() {
    invoker.stop();
  }

  private static Action action(String address, Optional<Webhook> webhook) {
    return new Action(
        "crm",
        false,
        "company",
        address,
        Optional.empty(),
        Duration.ZERO,
        AttemptPolicy.DEFAULT,
        Optional.empty(),
        webhook);
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    lookups.incrementAndGet();
    List<String> known = names.get(host);
    if (known == null) {
      return InetAddress.getAllByName(host);
    }
    if (known.isEmpty()) {
      throw new UnknownHostException(host);
    }
    InetAddress[] addresses = new InetAddress[known.size()];
    Arrays.setAll(addresses, i -> literal(known.get(i)));
    return addresses;
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private final class Recording implements Invoker.Listener {
    @Override
    public void ended(Attempt attempt, Ending ending) {
      endings.add(ending);
    }

    @Override
    public void endedLate(String delivery, int attempt, Ending ending) {
      throw new AssertionError("nothing can end late");
    }

    @Override
    public void hasCapacity(String address) {}

    @Override
    public void hasNewTracks(String address) {}
  }
}
