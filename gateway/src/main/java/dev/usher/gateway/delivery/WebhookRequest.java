package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Attempt;
import dev.usher.gateway.pipeline.Signup;
import dev.usher.gateway.pipeline.Webhook;
import io.vertx.core.buffer.Buffer;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/** What is POSTed to a webhook: the CloudEvent that a plain consumer gets too, and who signs it. */
final class WebhookRequest {

  private WebhookRequest() {}

  /**
   * The event, as the bytes that are signed and sent.
   *
   * @throws io.vertx.core.json.DecodeException when the payload on record is no JSON
   */
  static Buffer body(Signup signup) {
    return PlainSender.cloudEvent(signup).toBuffer();
  }

  static Map<String, String> headers(Attempt attempt, Webhook webhook, Buffer body, Instant now) {
    String id = attempt.delivery().id();
    long seconds = now.getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/cloudevents+json; charset=UTF-8");
    headers.put("user-agent", "usher");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("webhook-signature", Signature.of(webhook.keys(), id, seconds, body.getBytes()));
    headers.putAll(PlainSender.headers(attempt));
    return headers;
  }

  /** Why there was no connection, in words that are the same each time. */
  static String reason(String host, Throwable failure) {
    if (failure instanceof UnknownHostException) {
      return "the name " + host + " can't be resolved";
    }
    if (failure instanceof ConnectException) {
      return noConnection(host, String.valueOf(failure.getMessage()));
    }
    if (failure instanceof SSLException) {
      return "no TLS with " + host + ": " + failure.getMessage();
    }
    return String.valueOf(failure.getMessage());
  }

  static String noConnection(String host, String why) {
    return "no connection to " + host + ": " + why;
  }
}
