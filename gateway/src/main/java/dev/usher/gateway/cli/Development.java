package dev.usher.gateway.cli;

import java.nio.file.Path;
import java.util.List;

/** Runs a gateway with handlers in this process, by which {@code dev} works; handed in. */
@FunctionalInterface
public interface Development {

  /**
   * Starts it; returns when it is ready, and the handlers serve or have failed.
   *
   * @param wish what is to run
   * @throws Exception when the gateway can't start; the message is for people
   */
  Running start(Wish wish) throws Exception;

  /**
   * What is to run.
   *
   * @param config folder of the configuration
   * @param handlers files, and folders of files, that are deployed; none means the two handlers
   *     that come with the gateway
   * @param watched files that are deployed too
   */
  record Wish(Path config, List<Path> handlers, List<Path> watched) {

    /** Keeps its own copies of the lists. */
    public Wish {
      handlers = List.copyOf(handlers);
      watched = List.copyOf(watched);
    }
  }

  /**
   * A handler that serves.
   *
   * @param name as its file is called
   * @param addresses the event-bus addresses that it is known to serve
   */
  record Handler(String name, List<String> addresses) {

    /** Keeps its own copy of the list. */
    public Handler {
      addresses = List.copyOf(addresses);
    }
  }

  /** It runs until it is closed. */
  interface Running extends AutoCloseable {

    /** The data folder, which is removed at the end. */
    Path data();

    /** The handlers that serve now. */
    List<Handler> handlers();

    /** Waits until somebody ends the process. */
    void await() throws InterruptedException;

    @Override
    void close();
  }
}
