package dev.usher.gateway.journal;

import java.util.concurrent.ThreadFactory;

/** Names the journal's threads, so that a thread dump explains itself. */
final class Threads {

  private Threads() {}

  static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
