package dev.usher.gateway.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.regex.Pattern;

/**
 * Vert.x's decoder of requests, but for two things it lets pass. A request with both a
 * Content-Length and a Transfer-Encoding is how one is smuggled past a proxy that reads the other
 * of the two; Netty drops the length before any handler could see it. And a request of an unknown
 * HTTP version, such as the preface of HTTP/2, Vert.x answers itself, with an empty 501.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

  /** What Vert.x calls its own decoder. */
  private static final String NAME = "httpDecoder";

  private static final int VERSION = 2;
  private static final Pattern SERVED = Pattern.compile("HTTP/1\\.[01]");
  private static final Pattern WELL_FORMED = Pattern.compile("HTTP/[0-9]\\.[0-9]");

  private StrictDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Takes the place of the decoder of a connection on which nothing was read yet. */
  static void install(HttpConnection connection, HttpServerOptions options) {
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    pipeline.replace(NAME, NAME, new StrictDecoder(options));
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
