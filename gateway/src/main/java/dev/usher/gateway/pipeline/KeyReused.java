package dev.usher.gateway.pipeline;

/** The idempotency key came before, with another body; nothing was accepted. */
public final class KeyReused extends RuntimeException {

  private static final long serialVersionUID = 1;

  KeyReused() {
    super("the idempotency key came before with another body", null, false, false);
  }
}
