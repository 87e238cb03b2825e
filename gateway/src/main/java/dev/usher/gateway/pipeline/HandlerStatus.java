package dev.usher.gateway.pipeline;

/**
 * One handler instance, for people.
 *
 * @param instance its id, or {@code plain}
 * @param handler name of the handler
 * @param isKit whether it speaks the kit's protocol
 * @param address shared address it serves
 * @param node where it runs; empty for plain consumers in several processes
 * @param version version of the handler
 * @param deployment which hot deployment it is of, or file of a runner; empty where there was none
 * @param language language of the handler
 * @param slots deliveries it runs at once; 0 where it names no number
 * @param inFlight attempts this gateway waits for
 * @param state {@code up}, {@code draining} or {@code silent}
 */
public record HandlerStatus(
    String instance,
    String handler,
    boolean isKit,
    String address,
    String node,
    String version,
    String deployment,
    String language,
    int slots,
    int inFlight,
    String state) {}
