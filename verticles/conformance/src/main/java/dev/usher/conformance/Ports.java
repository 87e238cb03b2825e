package dev.usher.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of this machine that nobody uses, one after the other.
 *
 * @param first the lowest
 */
record Ports(int first, int count) {

  /** Below the range from which systems take ports for connections. */
  private static final int LOWEST = 12_000;

  private static final int HIGHEST = 32_000;

  static Ports free(int count) {
    Ports ports = random(count);
    while (!ports.areFree()) {
      ports = random(count);
    }
    return ports;
  }

  int last() {
    return first + count - 1;
  }

  private static Ports random(int count) {
    return new Ports(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST - count), count);
  }

  private boolean areFree() {
    return IntStream.rangeClosed(first, last()).allMatch(Ports::isFree);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
