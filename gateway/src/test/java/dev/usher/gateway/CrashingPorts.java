package dev.usher.gateway;

import dev.usher.gateway.pipeline.Applied;
import dev.usher.gateway.pipeline.Change;
import dev.usher.gateway.pipeline.Invoker;
import dev.usher.gateway.pipeline.Journal;
import io.vertx.core.Future;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process, as SIGKILL would, when the pipeline passes a point for the n-th time. Proxies,
 * so that the ports may grow.
 */
final class CrashingPorts implements Ports {

  private static final int KILLED = 137;

  /** What another thread or process is at work on takes about this long. */
  private static final long SOON_NANOS = 2_000_000;

  private static final long HEARSAY_NANOS = 500_000_000;

  private final Strike strike;
  private final AtomicInteger left;
  private final CountDownLatch soon = new CountDownLatch(1);

  CrashingPorts(Strike strike, int passage) {
    this.strike = strike;
    this.left = new AtomicInteger(passage);
    Thread reaper = new Thread(this::haltSoon, "reaper");
    reaper.setDaemon(true);
    reaper.start();
  }

  @Override
  public Journal around(Journal journal) {
    return proxy(
        Journal.class,
        (method, arguments) ->
            method.getName().equals("write")
                ? write(journal, (Change) arguments[0])
                : call(journal, method, arguments));
  }

  @Override
  public Invoker around(Invoker invoker) {
    return proxy(
        Invoker.class,
        (method, arguments) ->
            switch (method.getName()) {
              case "listen" -> call(invoker, method, heard((Invoker.Listener) arguments[0]));
              case "send" -> send(invoker, method, arguments);
              default -> call(invoker, method, arguments);
            });
  }

  /** The journal's own thread has come to a point. */
  void passCommit(Strike point) {
    pass(point, true);
  }

  private Future<Applied> write(Journal journal, Change change) {
    boolean isSignup = change instanceof Change.Accept;
    boolean isOutcome = change instanceof Change.End;
    Future<Applied> written = journal.write(change);
    pass(Strike.IN_COMMIT, isSignup);
    pass(Strike.IN_OUTCOME, isOutcome);
    // The first to listen is the first to hear: the pipeline knows nothing yet.
    return written.onSuccess(applied -> pass(Strike.AFTER_OUTCOME, isOutcome));
  }

  private @Nullable Object send(Invoker invoker, Method method, Object[] arguments)
      throws Throwable {
    pass(Strike.BEFORE_SEND, true);
    Object nothing = call(invoker, method, arguments);
    pass(Strike.AFTER_SEND, true);
    return nothing;
  }

  private Invoker.Listener heard(Invoker.Listener listener) {
    return proxy(
        Invoker.Listener.class,
        (method, arguments) -> {
          pass(Strike.BEFORE_OUTCOME, method.getName().equals("ended"));
          return call(listener, method, arguments);
        });
  }

  private void pass(Strike point, boolean isPassed) {
    if (isPassed && point == strike && left.decrementAndGet() == 0) {
      switch (point) {
        case IN_COMMIT, AFTER_SEND, IN_OUTCOME -> soon.countDown();
        case BEFORE_COMMIT -> {
          // Whoever was told too early has the time to pass it on.
          LockSupport.parkNanos(HEARSAY_NANOS);
          halt();
        }
        case AFTER_COMMIT, BEFORE_SEND, BEFORE_OUTCOME, AFTER_OUTCOME -> halt();
        case GATEWAY_KILLED, HANDLER_KILLED -> throw new IllegalStateException("no passage");
      }
    }
  }

  private void haltSoon() {
    try {
      soon.await();
    } catch (InterruptedException e) {
      return;
    }
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SOON_NANOS));
    halt();
  }

  private static void halt() {
    Runtime.getRuntime().halt(KILLED);
  }

  private interface Calls {
    @Nullable Object made(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> port, Calls calls) {
    InvocationHandler handler = (self, method, arguments) -> calls.made(method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  private static @Nullable Object call(Object target, Method method, Object... arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
