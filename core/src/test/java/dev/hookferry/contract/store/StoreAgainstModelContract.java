package dev.hookferry.contract.store;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.model.RandomWalk;
import dev.hookferry.contract.store.model.StoreAndModel;
import dev.hookferry.contract.store.model.WalkStep;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Runs the same random steps on a store and on {@link MemoryStore}, and compares every result and
 * the final contents. A failure reports its seed and the fewest steps that reproduce it.
 */
public interface StoreAgainstModelContract {
  /** The number of walks; the seeds count from 1. */
  int WALKS = Integer.getInteger("hookferry.walks", 6);

  /** The maximum number of steps of a walk. */
  int STEPS = 40;

  /**
   * Returns an opener of an empty store; called once per walk. Every {@code get} opens the same
   * data, so a store that was closed is reopened with its content.
   */
  Supplier<Store> newPlace();

  /** See {@link StoreFixture#purgesSingleEvents}. */
  default boolean purgesSingleEvents() {
    return true;
  }

  @Test
  default void behavesLikeTheModel() {
    for (long seed = 1; seed <= WALKS; seed++) {
      Random random = new Random(seed);
      List<WalkStep> walk =
          Stream.generate(() -> WalkStep.any(random)).limit(1 + random.nextInt(STEPS)).toList();
      if (failure(walk) != null) {
        List<WalkStep> needed = cutDown(walk);
        Throwable failure = failure(needed);
        String steps = needed.stream().map(WalkStep::toString).collect(Collectors.joining("\n  "));
        throw new AssertionError(
            "differs from the model, seed " + seed + ", steps that matter:\n  " + steps, failure);
      }
    }
  }

  private List<WalkStep> cutDown(List<WalkStep> walk) {
    List<WalkStep> needed = new ArrayList<>(walk);
    for (int i = needed.size() - 1; i >= 0; i--) {
      List<WalkStep> without = new ArrayList<>(needed);
      without.remove(i);
      if (failure(without) != null) {
        needed = without;
      }
    }
    return needed;
  }

  private @Nullable Throwable failure(List<WalkStep> walk) {
    try (StoreAndModel stores = new StoreAndModel(newPlace())) {
      RandomWalk steps = new RandomWalk(stores, purgesSingleEvents());
      walk.forEach(steps::go);
      steps.arrive();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}
