package dev.usher.gateway.cli;

import java.util.Map;

/** Performs the loop-back action, by which {@code verify} checks; handed in by the main class. */
@FunctionalInterface
public interface Loopback {

  /**
   * Joins the gateway's cluster as a handler of the loop-back action.
   *
   * @param cluster the {@code cluster.} settings that the gateway uses
   * @param seed decides how long each attempt takes
   * @throws Exception when it can't join; the message is for people
   */
  Handler join(Map<String, String> cluster, long seed) throws Exception;

  /** It is in the cluster and performs what comes until it is closed. */
  interface Handler extends AutoCloseable {

    /** How the gateway lists it. */
    String instance();

    /** How often the delivery of each signup was performed, by the signup's id; from any thread. */
    Map<String, Integer> performed();

    /** Leaves the cluster. */
    @Override
    void close();
  }
}
