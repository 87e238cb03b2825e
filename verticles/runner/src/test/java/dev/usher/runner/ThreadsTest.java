package dev.usher.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  @Test
  void threadOfTheJdkLetsGoOfTheLoaderOfTheCodeThatWasFirstToNeedIt() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (URLClassLoader handlers = new URLClassLoader(new URL[0]);
        URLClassLoader others = new URLClassLoader(new URL[0])) {
      Thread one = ofJdk(handlers, end);
      Thread other = ofJdk(others, end);

      Threads.release(handlers);

      assertThat(one.getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
      assertThat(other.getContextClassLoader()).isSameAs(others);
    } finally {
      end.countDown();
    }
  }

  private static Thread ofJdk(ClassLoader loader, CountDownLatch end) {
    ThreadGroup system = Thread.currentThread().getThreadGroup();
    while (system.getParent() != null) {
      system = system.getParent();
    }
    Thread thread = new Thread(system, () -> await(end), "like process reaper");
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
