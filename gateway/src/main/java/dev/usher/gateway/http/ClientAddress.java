package dev.usher.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a request is from. The word of a proxy counts only where the proxy is trusted: from the
 * connection backwards, the first address that is no trusted proxy is the client.
 */
final class ClientAddress {

  private static final Pattern FORWARDED_FOR =
      Pattern.compile("(?i)(?:^|[;,])\\s*for\\s*=\\s*\"?([^\";,]+)");

  private final List<Network> proxies;

  ClientAddress(List<String> proxies) {
    this.proxies = proxies.stream().map(Network::parse).toList();
  }

  /** The address, IPv6 cut down to its /64: that much belongs to one subscriber. */
  String of(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String address = peer == null || peer.hostAddress() == null ? "" : peer.hostAddress();
    if (!proxies.isEmpty() && isProxy(address)) {
      address = forwarded(request, address);
    }
    return Network.subscriber(address);
  }

  private String forwarded(HttpServerRequest request, String proxy) {
    List<String> hops = hops(request);
    String nearest = proxy;
    for (int i = hops.size() - 1; i >= 0; i--) {
      String hop = withoutPort(hops.get(i));
      if (!Network.isAddress(hop)) {
        return nearest;
      }
      nearest = hop;
      if (!isProxy(hop)) {
        return nearest;
      }
    }
    return nearest;
  }

  /** {@code X-Forwarded-For} before {@code Forwarded}: proxies that set the latter are rare. */
  private static List<String> hops(HttpServerRequest request) {
    List<String> hops = new ArrayList<>();
    for (String header : request.headers().getAll("X-Forwarded-For")) {
      hops.addAll(List.of(header.split(",")));
    }
    if (hops.isEmpty()) {
      for (String header : request.headers().getAll("Forwarded")) {
        Matcher hop = FORWARDED_FOR.matcher(header);
        while (hop.find()) {
          hops.add(hop.group(1));
        }
      }
    }
    return hops;
  }

  private static String withoutPort(String hop) {
    String text = hop.strip();
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? text : text.substring(1, end);
    }
    int colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  private boolean isProxy(String address) {
    return proxies.stream().anyMatch(network -> network.holds(address));
  }
}
