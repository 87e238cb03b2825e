package dev.usher.handler;

import java.util.OptionalInt;

/**
 * What an instance announces of its handler, and how it runs it.
 *
 * @param node Vert.x node id of the process
 * @param address shared event-bus address that the handler serves
 * @param handler its name, for people
 * @param deployment {@link dev.usher.wire.HandlerVersion#id} of a hot-deployed one; empty otherwise
 * @param slots deliveries at once; empty leaves it to the kind of handler
 */
record HandlerDescription(
    String node, String address, String handler, String deployment, OptionalInt slots) {}
