package dev.usher.benchmark.load;

import dev.usher.benchmark.BenchFailed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One keep-alive connection, with at most one request on it. */
final class Line implements AutoCloseable {

  private static final int LONGEST_ANSWER = 64 << 10;
  private static final int STATUS_PLACE = 9;
  private static final String LENGTH = "content-length:";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
  private long intendedNanos;

  Line(URI target, Selector selector) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends a request that should have been sent at this time. */
  void send(ByteBuffer request, long intended) throws IOException {
    intendedNanos = intended;
    while (request.hasRemaining()) {
      var unused = channel.write(request);
    }
  }

  /** When the request under way should have been sent. */
  long intendedNanos() {
    return intendedNanos;
  }

  /** Reads what has come: the status of the answer once it is whole, 0 before. */
  int read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new BenchFailed("the server closed a connection");
    }
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0 || answer.position() < headEnd + 4 + bodyLength(text, headEnd)) {
      return 0;
    }
    answer.clear();
    return Integer.parseInt(text, STATUS_PLACE, STATUS_PLACE + 3, 10);
  }

  private static int bodyLength(String text, int headEnd) {
    String head = text.substring(0, headEnd).toLowerCase(Locale.ROOT);
    int key = head.indexOf(LENGTH);
    if (key < 0) {
      throw new BenchFailed("an answer without its length: " + head);
    }
    int end = head.indexOf('\r', key);
    return Integer.parseInt(
        head.substring(key + LENGTH.length(), end < 0 ? head.length() : end).strip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
