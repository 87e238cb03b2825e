package dev.usher.benchmark.process;

/**
 * The gateway's books at one moment.
 *
 * @param succeeded deliveries whose success is in the journal
 * @param owed deliveries that are pending or running
 */
public record Totals(long accepted, long completed, long succeeded, long owed) {}
