package dev.usher.gateway.pipeline;

import static dev.usher.gateway.pipeline.DeliveryState.CANCELLED;
import static dev.usher.gateway.pipeline.DeliveryState.DEAD;
import static dev.usher.gateway.pipeline.DeliveryState.PENDING;
import static dev.usher.gateway.pipeline.DeliveryState.RUNNING;
import static dev.usher.gateway.pipeline.DeliveryState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignupStateTest {

  @Test
  void isCompletedOnceEveryRequiredDeliverySucceeded() {
    assertThat(state(SUCCEEDED, SUCCEEDED)).isEqualTo(SignupState.COMPLETED);
    assertThat(state(SUCCEEDED, RUNNING)).isEqualTo(SignupState.OPEN);
    assertThat(state(PENDING)).isEqualTo(SignupState.OPEN);
  }

  @Test
  void isCompletedWhereNothingIsRequired() {
    assertThat(state()).isEqualTo(SignupState.COMPLETED);
  }

  @Test
  void hasFailedAsSoonAsOneRequiredDeliveryIsDeadOrCancelled() {
    assertThat(state(SUCCEEDED, DEAD)).isEqualTo(SignupState.FAILED);
    assertThat(state(PENDING, CANCELLED)).isEqualTo(SignupState.FAILED);
  }

  private static SignupState state(DeliveryState... required) {
    return SignupState.of(List.of(required));
  }
}
