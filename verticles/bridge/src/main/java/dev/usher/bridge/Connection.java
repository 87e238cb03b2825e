package dev.usher.bridge;

import dev.usher.handler.Refused;
import dev.usher.handler.Signup;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the bridge. Lives on the bridge's loop; only deliveries come from elsewhere.
 *
 * <h2>What bounds it</h2>
 *
 * Deliveries: the slots that it registered with. Everything else that it can make us say: while it
 * does not read, it is not read either, and after {@link Limits#SLOWNESS} it is closed.
 *
 * <h2>Its end</h2>
 *
 * Attempts that it was given and has not answered are lost, and told so at once; those on their way
 * to it are refused, as it never saw them.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private final NetSocket socket;
  private final Context loop;
  private final Optional<String> token;
  private final Complaints complaints;
  private final FrameSplitter splitter;
  private final Pending pending = new Pending();
  private final Registrations registrations;
  private final BusRequests requests;
  private final long openedNanos = System.nanoTime();
  private long heardNanos = openedNanos;
  private long inFrameSinceNanos = openedNanos;
  private long unreadSinceNanos;
  private boolean isUnread;
  private boolean isKnown;
  private boolean pings;
  private boolean isClosed;

  Connection(Bridge.Surroundings around, NetSocket socket) {
    this.socket = socket;
    this.loop = around.loop();
    this.token = around.rules().token();
    this.complaints = around.complaints();
    this.isKnown = token.isEmpty();
    this.splitter = new FrameSplitter(this::frameLimit, around.room(), this::take);
    this.registrations = new Registrations(around, this::deliver, this::write);
    this.requests = new BusRequests(around, this::write);
    socket.setWriteQueueMaxSize(Limits.UNREAD_BYTES).handler(this::read);
  }

  /** Gives the client an attempt; from any thread. */
  private void deliver(String address, Signup signup, Promise<Object> outcome) {
    loop.runOnContext(turn -> deliverNow(address, signup, outcome));
  }

  private void deliverNow(String address, Signup signup, Promise<Object> outcome) {
    if (isClosed) {
      outcome.fail(new Refused("the client has left"));
    } else if (socket.writeQueueFull()) {
      outcome.fail(new Refused("the client does not read"));
    } else {
      String replyAddress = pending.add(signup, outcome, System.nanoTime());
      write(ServerFrames.delivery(address, replyAddress, signup));
    }
  }

  /** Looks whether it still behaves; to be called every few seconds. */
  void check(long now) {
    pending.expire(now);
    if (isClosed) {
      abort();
    } else if (!isKnown && isOver(Limits.INTRODUCTION, openedNanos, now)) {
      close("shows no token");
    } else if (splitter.isInFrame() && isOver(Limits.SLOWNESS, inFrameSinceNanos, now)) {
      close("does not finish its frame");
    } else if (isUnread && isOver(Limits.SLOWNESS, unreadSinceNanos, now)) {
      close("does not read");
    } else if (pings && isOver(Limits.SILENCE, heardNanos, now)) {
      close("has fallen silent");
    }
  }

  /** Gives it nothing more; done when what it has in flight has ended. */
  Future<?> drain() {
    return registrations.drain();
  }

  /** Its socket is closed, by whomever; done when its handlers are announced to be gone. */
  Future<?> closed() {
    if (!isClosed && pending.size() > 0) {
      complaints.add(socket.remoteAddress(), "left with " + pending.size() + " attempts in flight");
    }
    isClosed = true;
    splitter.drop();
    return registrations.abandon();
  }

  private void close(String reason) {
    if (!isClosed) {
      isClosed = true;
      complaints.add(socket.remoteAddress(), "is closed by the bridge: it " + reason);
      var unused = socket.close();
    }
  }

  /**
   * Ends the connection with all that waits to be written to it. Closing a socket writes that
   * first, and so never ends where the client does not read.
   */
  void abort() {
    var unused = ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  private static boolean isOver(Duration limit, long since, long now) {
    return now - since > limit.toNanos();
  }

  private int frameLimit() {
    return isKnown ? Limits.FRAME_BYTES : Limits.STRANGER_FRAME_BYTES;
  }

  private void read(Buffer chunk) {
    if (isClosed) {
      return;
    }
    heardNanos = System.nanoTime();
    try {
      boolean wasInFrame = splitter.isInFrame();
      splitter.accept(chunk);
      if (!wasInFrame) {
        inFrameSinceNanos = heardNanos;
      }
    } catch (BadFrame e) {
      close("sends " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.debug("{}", socket.remoteAddress(), e);
      close("sends what the bus can't carry");
    }
  }

  private void take(Buffer bytes) {
    inFrameSinceNanos = heardNanos;
    if (!isClosed) {
      ClientFrame frame = ClientFrame.read(bytes);
      if (frame.type().equals("ping")) {
        // Before the token too: public clients ping as soon as they are connected.
        pings = true;
        write(ServerFrames.PONG);
      } else if (isIntroduced(frame)) {
        obey(frame);
      } else {
        String missing = frame.header("usher-token", "").isEmpty() ? "is missing" : "is wrong";
        write(
            ServerFrames.error(
                frame,
                "access_denied",
                "the header usher-token " + missing + ": set USHER_BRIDGE_TOKEN to bridge.token"));
        close("has no token or a wrong one");
      }
    }
  }

  private void obey(ClientFrame frame) {
    if (frame.address().isEmpty()) {
      write(ServerFrames.error(frame, "missing_address", "a frame needs an address"));
    } else {
      switch (frame.type()) {
        case "register" -> registrations.register(frame);
        case "unregister" -> registrations.unregister(frame);
        case "send" -> send(frame);
        case "publish" -> requests.publish(frame);
        default -> write(ServerFrames.error(frame, "unknown_type", "a frame needs a known type"));
      }
    }
  }

  private void send(ClientFrame frame) {
    if (frame.address().startsWith(Pending.PREFIX)) {
      pending.answered(frame);
    } else {
      requests.send(frame);
    }
  }

  private boolean isIntroduced(ClientFrame frame) {
    if (!isKnown) {
      isKnown = isSame(token.orElse(""), frame.header("usher-token", ""));
    }
    return isKnown;
  }

  /** Takes as long for any token. */
  private static boolean isSame(String expected, String shown) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  private void write(Buffer frame) {
    if (isClosed) {
      return;
    }
    // Failing means closed, which the socket says itself.
    var unused = socket.write(frame);
    if (!isUnread && socket.writeQueueFull()) {
      isUnread = true;
      unreadSinceNanos = System.nanoTime();
      socket.pause();
      socket.drainHandler(drained -> readOn());
    }
  }

  private void readOn() {
    isUnread = false;
    socket.resume();
  }
}
