package dev.usher.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Vert.x's decoder of requests, but for what it lets pass or leaves unanswered. A request with both
 * a Content-Length and a Transfer-Encoding is how one is smuggled past a proxy that reads the other
 * of the two; Netty drops the length before any handler could see it. And a request of an unknown
 * HTTP version, such as the preface of HTTP/2, Vert.x answers itself, with an empty 501. A body
 * that breaks off in the middle, as with a malformed chunk, Vert.x ends without an answer; whoever
 * listens may give one.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

  /** What Vert.x calls its own decoder. */
  private static final String NAME = "httpDecoder";

  private static final int VERSION = 2;
  private static final Pattern SERVED = Pattern.compile("HTTP/1\\.[01]");
  private static final Pattern WELL_FORMED = Pattern.compile("HTTP/[0-9]\\.[0-9]");

  private final Runnable onBrokenBody;
  private boolean isWithinRequest;

  private StrictDecoder(HttpServerOptions options, Runnable onBrokenBody) {
    super(options);
    this.onBrokenBody = onBrokenBody;
  }

  /**
   * Takes the place of the decoder of a connection on which nothing was read yet.
   *
   * @param onBrokenBody called once where a body can't be read to its end; nothing follows it
   */
  static StrictDecoder install(
      HttpConnection connection, HttpServerOptions options, Runnable onBrokenBody) {
    StrictDecoder decoder = new StrictDecoder(options, onBrokenBody);
    pipeline(connection).replace(NAME, NAME, decoder);
    return decoder;
  }

  private static ChannelPipeline pipeline(HttpConnection connection) {
    return ((HttpServerConnection) connection).channelHandlerContext().pipeline();
  }

  /** Whether some of a request was read, and not yet all of it. */
  boolean isWithinRequest() {
    return isWithinRequest;
  }

  /** Sends bytes as they are, where there is no request yet whose response could be sent. */
  static void send(HttpConnection connection, String bytes) {
    var unused =
        pipeline(connection)
            .context(NAME)
            .writeAndFlush(Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    isWithinRequest |= in.isReadable();
    super.decode(context, in, out);
    Object last = out.isEmpty() ? null : out.get(out.size() - 1);
    if (last instanceof LastHttpContent) {
      isWithinRequest = false;
    }
    if (last instanceof HttpContent content
        && !(last instanceof HttpMessage)
        && content.decoderResult().isFailure()) {
      out.remove(out.size() - 1);
      content.release();
      context.executor().execute(onBrokenBody);
    }
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    String version = initialLine[VERSION];
    if (!SERVED.matcher(version).matches() && WELL_FORMED.matcher(version).matches()) {
      throw new UnknownVersion();
    }
    return super.createMessage(initialLine);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new DecoderException("both Content-Length and Transfer-Encoding");
  }

  /** Another HTTP than 1.0 and 1.1. */
  static final class UnknownVersion extends DecoderException {

    private static final long serialVersionUID = 1;
  }
}
