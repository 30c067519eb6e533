package dev.hookferry.contract;

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
 * Takes a store and {@link MemoryStore} on the same random walks: they must answer alike and show
 * the same afterwards. A walk that fails is cut down to the steps that it needs to fail, and told
 * with its seed.
 */
public interface StoreAgainstModelContract {
  /** How many walks are taken, each from a seed of its own, from 1. */
  int WALKS = Integer.getInteger("hookferry.walks", 15);

  /** How many steps a walk has at most. */
  int STEPS = 40;

  /**
   * A new place without data, asked for once in each walk; every {@code get} opens the store there.
   * What a closed store leaves there is there when it is opened again.
   */
  Supplier<Store> newPlace();

  /** See {@link StoreFixture#forgetsSingleEvents}. */
  default boolean forgetsSingleEvents() {
    return true;
  }

  @Test
  default void behavesLikeTheModel() {
    for (long seed = 1; seed <= WALKS; seed++) {
      Random random = new Random(seed);
      List<Step> walk =
          Stream.generate(() -> Step.any(random)).limit(1 + random.nextInt(STEPS)).toList();
      if (failure(walk) != null) {
        List<Step> needed = cutDown(walk);
        Throwable failure = failure(needed);
        String steps = needed.stream().map(Step::toString).collect(Collectors.joining("\n  "));
        throw new AssertionError(
            "differs from the model, seed " + seed + ", steps that matter:\n  " + steps, failure);
      }
    }
  }

  private List<Step> cutDown(List<Step> walk) {
    List<Step> needed = new ArrayList<>(walk);
    for (int i = needed.size() - 1; i >= 0; i--) {
      List<Step> without = new ArrayList<>(needed);
      without.remove(i);
      if (failure(without) != null) {
        needed = without;
      }
    }
    return needed;
  }

  private @Nullable Throwable failure(List<Step> walk) {
    try (Twins twins = new Twins(newPlace())) {
      Walker walker = new Walker(twins, forgetsSingleEvents());
      walk.forEach(walker::go);
      walker.arrive();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}
