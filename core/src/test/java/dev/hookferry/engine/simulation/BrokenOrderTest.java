package dev.hookferry.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulation is worth something only if it finds every way to break an order. */
@Timeout(600)
class BrokenOrderTest {
  private static final int SEEDS = 40;

  @Test
  void aStoreThatForgetsKeysIsFound() {
    UnaryOperator<Store> keyless = store -> mapping(store, BrokenOrderTest::keyless);

    assertThat(complaint(keyless)).contains("was sent before its turn");
  }

  @Test
  void aStoreThatReversesACommitIsFound() {
    UnaryOperator<Store> backwards =
        store ->
            new AlteredStore(store) {
              @Override
              public CommitResult commit(Owner owner, Batch batch) {
                CommitResult done =
                    super.commit(
                        owner,
                        new Batch(
                            reversed(batch.publications()),
                            batch.results(),
                            batch.handBacks(),
                            batch.commands()));
                return new CommitResult(
                    reversed(done.publications()), done.refused(), done.replies());
              }
            };

    assertThat(complaint(backwards)).contains("was sent before its turn");
  }

  @Test
  void aClaimThatTakesADeliveryThatWaitsIsFound() {
    AtomicInteger claims = new AtomicInteger();
    UnaryOperator<Store> hasty =
        store ->
            new AlteredStore(store) {
              @Override
              public ClaimResult claim(Owner owner, ClaimRequest claim) {
                ClaimResult claimed = super.claim(owner, claim);
                return claims.incrementAndGet() % 20 == 0 ? and(claimed, waiting(store)) : claimed;
              }
            };

    assertThat(complaint(hasty)).contains("was sent before its turn");
  }

  @Test
  void findsAStuckKey() {
    Set<String> keys = new HashSet<>();
    UnaryOperator<Store> stuck =
        store ->
            new AlteredStore(store) {
              @Override
              public ClaimResult claim(Owner owner, ClaimRequest claim) {
                ClaimResult claimed = super.claim(owner, claim);
                List<ClaimResult.Work> first =
                    claimed.work().stream()
                        .filter(
                            one ->
                                one.delivery().orderingKey() == null
                                    || keys.add(
                                        one.delivery().endpoint() + one.delivery().orderingKey()))
                        .toList();
                return new ClaimResult(first, claimed.nextDue());
              }
            };

    assertThat(complaint(stuck)).contains("ended otherwise than its attempts");
  }

  @Test
  void anEngineThatForgetsKeysIsFound() {
    UnaryOperator<Store> keyless = store -> mapping(store, BrokenOrderTest::keyless);

    assertThat(complaintOfEngine(keyless)).contains("was sent before its turn");
  }

  @Test
  void findsAnEngineThatSkipsWithoutPermission() {
    UnaryOperator<Store> skipping = store -> mapping(store, BrokenOrderTest::skipping);

    assertThat(complaintOfEngine(skipping)).contains("was given up instead of blocking its key");
  }

  private static String complaint(UnaryOperator<Store> broken) {
    return complaintOf(seed -> new Simulation(seed, broken, UnaryOperator.identity()));
  }

  private static String complaintOfEngine(UnaryOperator<Store> misled) {
    return complaintOf(seed -> new Simulation(seed, UnaryOperator.identity(), misled));
  }

  private static String complaintOf(LongFunction<Simulation> simulations) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        simulations.apply(seed).run();
      } catch (AssertionError found) {
        return found.getMessage();
      }
    }
    return "nothing was found";
  }

  /** Changes what is written. */
  private static Store mapping(Store store, UnaryOperator<Batch> change) {
    return new AlteredStore(store) {
      @Override
      public CommitResult commit(Owner owner, Batch batch) {
        return super.commit(owner, change.apply(batch));
      }
    };
  }

  private static Batch keyless(Batch batch) {
    List<PublishEntry> publications =
        batch.publications().stream()
            .map(
                publication ->
                    new PublishEntry(
                        publication.entries().stream().map(BrokenOrderTest::keyless).toList(),
                        publication.config()))
            .toList();
    return new Batch(publications, batch.results(), batch.handBacks(), batch.commands());
  }

  private static PublishEntry.Entry keyless(PublishEntry.Entry entry) {
    return new PublishEntry.Entry(
        entry.event(),
        entry.deliveries().stream()
            .map(q -> new PublishEntry.Queued(q.delivery().inOrder(null), q.owned()))
            .toList());
  }

  private static Batch skipping(Batch batch) {
    List<AttemptResult> results =
        batch.results().stream()
            .map(
                result ->
                    result.delivery().state() == DeliveryState.BLOCKED
                        ? new AttemptResult(
                            result.delivery().skipped(result.delivery().dueAt()), result.attempt())
                        : result)
            .toList();
    return new Batch(batch.publications(), results, batch.handBacks(), batch.commands());
  }

  private static ClaimResult and(ClaimResult claimed, List<ClaimResult.Work> more) {
    List<ClaimResult.Work> all = new ArrayList<>(claimed.work());
    all.addAll(more);
    return new ClaimResult(all, claimed.nextDue());
  }

  /** Returns a delivery that waits, if there is one. */
  private static List<ClaimResult.Work> waiting(Store store) {
    DeliveryQuery query = DeliveryQuery.ofSite(Samples.SITE).state(DeliveryState.WAITING);
    return store.log().deliveries(query).data().stream()
        .limit(1)
        .map(Delivery::promoted)
        .map(one -> new ClaimResult.Work(one, event(store, one)))
        .toList();
  }

  private static Event event(Store store, Delivery delivery) {
    return store.log().event(delivery.site(), delivery.event()).orElseThrow();
  }

  private static <T> List<T> reversed(List<T> all) {
    List<T> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    return reversed;
  }
}
