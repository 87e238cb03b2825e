package dev.usher.gateway.pipeline;

/**
 * A signup found by the idempotency key it came with.
 *
 * @param signup the signup as the journal has it
 * @param body fingerprint of the body that came with the key
 */
@SuppressWarnings("ArrayRecordComponent") // compared where it is asked for
public record KeyedSignup(SignupRecord signup, byte[] body) {}
