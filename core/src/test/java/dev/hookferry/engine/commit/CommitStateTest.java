package dev.hookferry.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.UnknownOutcomeException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommitStateTest {
  private static final IllegalStateException CAUSE = new IllegalStateException();

  @Test
  void onlyTheStoreResolvesAnUncertainCommit() {
    CommitState repeating = CommitState.WRITING.on(CommitStep.LOSE_TRACK).on(CommitStep.START);

    for (CommitStep proof : List.of(CommitStep.FAIL, CommitStep.FIND_FULL, CommitStep.LOSE_TRACK)) {
      assertThat(repeating.on(proof))
          .as("%s proves nothing", proof)
          .isEqualTo(CommitState.IN_DOUBT);
    }
    assertThat(repeating.on(CommitStep.SPLIT)).isEqualTo(CommitState.IN_DOUBT);
    assertThat(repeating.on(CommitStep.SUCCEED)).isEqualTo(CommitState.WRITTEN);
    assertThat(repeating.on(CommitStep.REJECT)).isEqualTo(CommitState.REJECTED);
  }

  @Test
  void aFailedFirstAttemptIsFinal() {
    assertThat(CommitState.WRITING.on(CommitStep.FAIL)).isEqualTo(CommitState.FAILED);
    assertThat(CommitState.WRITING.on(CommitStep.FIND_FULL)).isEqualTo(CommitState.FAILED);
    assertThat(CommitState.WRITING.on(CommitStep.SPLIT)).isEqualTo(CommitState.CLOSED);
  }

  @Test
  void aFinishedCommitTakesNoFurtherStep() {
    for (CommitState end : List.of(CommitState.WRITTEN, CommitState.FAILED, CommitState.REJECTED)) {
      for (CommitStep step : CommitStep.values()) {
        assertThatThrownBy(() -> end.on(step)).isInstanceOf(IllegalStateException.class);
      }
    }
  }

  @Test
  void theStoresReplyDecidesTheNextStep() {
    assertThat(CommitStep.of(new StoreException("down"), 3)).isEqualTo(CommitStep.FAIL);
    assertThat(CommitStep.of(new IllegalStateException("a bug"), 3)).isEqualTo(CommitStep.FAIL);
    assertThat(CommitStep.of(new StoreFullException("full"), 3)).isEqualTo(CommitStep.FIND_FULL);
    assertThat(CommitStep.of(new UnknownOutcomeException("lost", CAUSE), 3))
        .isEqualTo(CommitStep.LOSE_TRACK);
    RejectedBatchException rejected = new RejectedBatchException("bad", CAUSE);
    assertThat(CommitStep.of(rejected, 3)).isEqualTo(CommitStep.SPLIT);
    assertThat(CommitStep.of(rejected, 1)).isEqualTo(CommitStep.REJECT);
  }
}
