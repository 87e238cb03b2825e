package dev.usher.gateway.delivery;

import dev.usher.wire.InstanceState;
import dev.usher.wire.OutcomeFrame;
import dev.usher.wire.OutcomeFrame.Verdict;

/** Handlers that speak the kit's protocol. */
class KitInvokerIT extends InvokerContract {

  private ScriptedKit kit;

  @Override
  void serve() {
    kit = new ScriptedKit(members.handlers(), members.address, 8);
    kit.announce(InstanceState.UP, 8);
  }

  @Override
  void succeedWith(String result) {
    kit.answering(Verdict.SUCCEEDED, OutcomeFrame.NO_RETRY_AFTER, result);
  }

  @Override
  void rejectWith(String reason) {
    kit.answering(Verdict.REJECTED, OutcomeFrame.NO_RETRY_AFTER, reason);
  }

  @Override
  void retryAfterSeconds(int seconds, String reason) {
    kit.answering(Verdict.FAILED, seconds * 1_000L, reason);
  }

  @Override
  void saySilence() {
    kit.answering(null);
  }
}
