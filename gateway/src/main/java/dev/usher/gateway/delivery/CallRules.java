package dev.usher.gateway.delivery;

import dev.usher.gateway.pipeline.Webhook;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Which webhooks may be called.
 *
 * @param isPrivateAllowed whether they may be at addresses that are not public, and unencrypted
 */
public record CallRules(boolean isPrivateAllowed) {

  /** Why a webhook could not be called now, as seen from this machine. Blocks. */
  public Optional<String> faultOf(Webhook webhook) {
    try {
      List<InetAddress> addresses =
          List.of(HostNames.Resolver.OF_THE_MACHINE.resolve(HostNames.bare(webhook)));
      return fault(webhook)
          .or(() -> fault(addresses))
          .map(fault -> WebhookRequest.noConnection(webhook.url().getHost(), fault));
    } catch (UnknownHostException e) {
      return Optional.of(WebhookRequest.reason(webhook.url().getHost(), e));
    }
  }

  /** What is wrong with the URL itself. */
  Optional<String> fault(Webhook webhook) {
    return isPrivateAllowed || webhook.isEncrypted()
        ? Optional.empty()
        : Optional.of(
            "it would be sent unencrypted; write https://, or allow it with"
                + " webhooks.allow-private");
  }

  /** What is wrong with the addresses of its name: one that may not be called is enough. */
  Optional<String> fault(List<InetAddress> addresses) {
    return addresses.stream()
        .filter(address -> !isPrivateAllowed && !PublicAddress.is(address))
        .map(
            address ->
                "its address "
                    + address.getHostAddress()
                    + " is not a public one; allow it with webhooks.allow-private")
        .findFirst();
  }
}
