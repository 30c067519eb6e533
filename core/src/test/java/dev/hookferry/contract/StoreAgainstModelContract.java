package dev.hookferry.contract;

import dev.hookferry.memory.MemoryStore;
import dev.hookferry.port.Store;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Takes a store and {@link MemoryStore} on the same random walks: they must answer alike and show
 * the same afterwards. A walk that fails is shrunk to a short one before it is printed.
 *
 * <p>Run by jqwik, not by Jupiter: what Jupiter runs before each test does not run here.
 */
public interface StoreAgainstModelContract {
  /**
   * A new place without data, asked for once in each walk; every {@code get} opens the store there.
   * What a closed store leaves there is there when it is opened again.
   */
  Supplier<Store> newPlace();

  /** See {@link StoreFixture#forgetsSingleEvents}. */
  default boolean forgetsSingleEvents() {
    return true;
  }

  @Property(tries = 15)
  default void behavesLikeTheModel(@ForAll("walks") List<Step> walk) {
    Supplier<Store> place = newPlace();
    try (Twins twins = new Twins(place)) {
      Walker walker = new Walker(twins, forgetsSingleEvents());
      walk.forEach(walker::go);
      walker.arrive();
    }
  }

  /** Walks of up to 40 steps. */
  @Provide
  default Arbitrary<List<Step>> walks() {
    return Step.any().list().ofMinSize(1).ofMaxSize(40);
  }
}
