package dev.hookferry.contract.store.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.SampleHistory;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.ClaimResult;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store and its model, which get the same calls and must return the same. */
public final class StoreAndModel implements AutoCloseable {
  private static final Node NODE = new Node("walker");
  private static final int PAGE = 40;

  private final Random random = new Random(1);
  private final Supplier<Store> place;
  private final Store model = new MemoryStore(() -> Samples.START, Duration.ofDays(1));
  private Store real;

  public StoreAndModel(Supplier<Store> place) {
    this.place = place;
    real = place.get();
  }

  /** One owner in each of the two. */
  record Pair(Owner model, Owner real) {}

  Pair register() {
    return new Pair(model.deliveries().register(NODE), real.deliveries().register(NODE));
  }

  void retire(Pair pair) {
    model.deliveries().retire(pair.model());
    real.deliveries().retire(pair.real());
  }

  /**
   * Closes and opens the store; its owners end, by our hand or because nobody else can be alive.
   */
  void reopen(List<Pair> owners) {
    owners.forEach(
        pair -> {
          model.deliveries().retire(pair.model());
          if (real.isShared()) {
            real.deliveries().retire(pair.real());
          }
        });
    real.close();
    real = place.get();
  }

  void commit(Pair owner, Batch batch) {
    CommitResult expected = model.deliveries().commit(owner.model(), batch);
    CommitResult found = real.deliveries().commit(owner.real(), batch);
    assertThat(found.publications().stream().map(StoreAndModel::comparable).toList())
        .isEqualTo(expected.publications().stream().map(StoreAndModel::comparable).toList());
    assertThat(found.refused()).isEqualTo(expected.refused());
    assertThat(found.replies()).isEqualTo(expected.replies());
  }

  /** Of several earlier events that are in the way, a store may name any. */
  private static Object comparable(CommitResult.Published published) {
    return published instanceof CommitResult.Conflicting conflict ? conflict.index() : published;
  }

  /** Without what is held against them: at a reopening, stores know of different deaths. */
  private static List<ClaimResult.Work> bare(ClaimResult claimed) {
    return claimed.work().stream().map(w -> new ClaimResult.Work(w.delivery(), w.event())).toList();
  }

  void claim(Pair owner, ClaimRequest claim) {
    ClaimResult expected = model.deliveries().claim(owner.model(), claim);
    ClaimResult found = real.deliveries().claim(owner.real(), claim);
    if (claim.room().named().orElse(Map.of()).size() == 1) {
      assertThat(bare(found)).isEqualTo(bare(expected));
    } else {
      assertThat(bare(found)).containsExactlyInAnyOrderElementsOf(bare(expected));
    }
    assertThat(found.nextDue()).isEqualTo(expected.nextDue());
  }

  void purge(Instant before) {
    assertThat(real.log().purge(before)).isEqualTo(model.log().purge(before));
  }

  Delivery shown(SiteId site, Delivery delivery) {
    return model.log().delivery(site, delivery.id()).orElse(delivery);
  }

  /** Compares all that can be seen from outside. */
  void compare() {
    for (SiteId site : SampleHistory.SITES) {
      assertThat(events(real, site)).isEqualTo(events(model, site));
      assertThat(deliveries(real, site)).isEqualTo(deliveries(model, site));
      assertThat(attempts(real, site)).isEqualTo(attempts(model, site));
      new RandomQueries(model, real, site, random).compare();
    }
  }

  private static List<Event> events(Store store, SiteId site) {
    return all(page -> store.log().events(EventQuery.ofSite(site).page(page)));
  }

  private static List<Delivery> deliveries(Store store, SiteId site) {
    return all(page -> store.log().deliveries(DeliveryQuery.ofSite(site).page(page)));
  }

  private static List<Attempt> attempts(Store store, SiteId site) {
    return all(page -> store.log().attempts(AttemptQuery.ofSite(site).page(page)));
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> query) {
    Page<T> page = query.apply(PageRequest.of(PAGE));
    List<T> found = new ArrayList<>(page.data());
    while (page.next() != null) {
      page = query.apply(PageRequest.of(PAGE).after(page.next()));
      found.addAll(page.data());
      assertThat(found).as("a list without end").hasSizeLessThan(10_000);
    }
    return found;
  }

  @Override
  public void close() {
    real.close();
  }
}
