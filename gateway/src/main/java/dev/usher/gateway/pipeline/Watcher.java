package dev.usher.gateway.pipeline;

/** Somebody who follows one signup. Called on the loop; must be quick. */
public interface Watcher {

  /** How the signup stands: at first, and after each change that was committed. */
  void stands(Receipt receipt);

  /** Nothing more comes: the gateway is about to leave, or the signup is gone. */
  void over();
}
