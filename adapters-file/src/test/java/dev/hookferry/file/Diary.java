package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.store.ClaimRequest;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.Store;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Uses a store like a busy engine, and writes down what the store has acknowledged: the model that
 * a store is compared with after something has happened to its files.
 */
final class Diary {
  private static final SiteId SITE = Samples.SITE;

  private final Samples samples;
  private final int padding;
  private final List<EndpointId> endpoints = new ArrayList<>();
  private final Map<Object, Event> events = new LinkedHashMap<>();
  private final Map<Object, Delivery> deliveries = new LinkedHashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();

  /**
   * A diary of nothing yet.
   *
   * @param padding how large payloads are, beyond the least
   */
  Diary(long seed, int padding) {
    this.padding = padding;
    samples = new Samples(seed);
    for (int i = 0; i < 3; i++) {
      endpoints.add(samples.endpoint());
    }
  }

  private Diary(Diary other) {
    samples = other.samples;
    padding = other.padding;
    endpoints.addAll(other.endpoints);
    events.putAll(other.events);
    deliveries.putAll(other.deliveries);
    attempts.addAll(other.attempts);
  }

  /** Returns its present contents. */
  Diary copy() {
    return new Diary(this);
  }

  Samples samples() {
    return samples;
  }

  /** Does a few things in one batch. */
  void page(Store store) {
    Owner owner = store.deliveries().register(new Node("diary"));
    List<PublishEntry> publications = new ArrayList<>();
    List<AttemptResult> results = new ArrayList<>();
    List<Command> commands = new ArrayList<>();
    for (int i = samples.number(3); i >= 0; i--) {
      publications.add(publication());
    }
    Map<Object, Delivery> before = new LinkedHashMap<>(deliveries);
    before.values().stream()
        .filter(d -> d.state().isFinal() && samples.number(40) == 0)
        .forEach(d -> commands.add(new Command.Retry(SITE, d.id(), samples.now())));
    store
        .deliveries()
        .claim(owner, claim())
        .work()
        .forEach(work -> results.add(result(work.delivery())));
    before.values().stream()
        .filter(d -> !d.state().isFinal() && results.stream().noneMatch(isAbout(d)))
        .filter(d -> samples.number(10) == 0)
        .forEach(d -> commands.add(new Command.Cancel(SITE, d.id(), samples.now())));
    if (samples.number(3) == 0 && !events.isEmpty()) {
      addressing(samples.oneOf(List.copyOf(events.values()))).ifPresent(commands::add);
    }
    try {
      store.deliveries().commit(owner, new Batch(publications, results, List.of(), commands));
    } catch (UnknownOutcomeException e) {
      throw e;
    } catch (StoreException e) {
      store.deliveries().retire(owner);
      throw e;
    }
    store.deliveries().retire(owner);
    publications.forEach(this::note);
    results.forEach(this::note);
    commands.forEach(this::note);
  }

  /** A new delivery to an endpoint that has none of the event, if there is such an endpoint. */
  private Optional<Command> addressing(Event event) {
    return endpoints.stream()
        .filter(
            endpoint ->
                deliveries.values().stream()
                    .noneMatch(d -> d.event().equals(event.id()) && d.endpoint().equals(endpoint)))
        .findFirst()
        .map(endpoint -> Delivery.of(samples.pastDeliveryId(event), event, endpoint))
        .map(fresh -> new Command.Deliver(List.of(fresh.revived(samples.now()))));
  }

  private static Predicate<AttemptResult> isAbout(Delivery delivery) {
    return result -> result.delivery().id().equals(delivery.id());
  }

  private ClaimRequest claim() {
    Map<EndpointId, Integer> room = new LinkedHashMap<>();
    endpoints.forEach(endpoint -> room.put(endpoint, samples.number(3)));
    return new ClaimRequest(room, 10, Long.MAX_VALUE, samples.now());
  }

  private PublishEntry publication() {
    Event event =
        samples.number(3) == 0
            ? samples.repeatable(null, "key-" + samples.number(1 << 30), "{\"n\":1}")
            : samples.event(SITE, samples.oneOf(EventCatalog.QLM_EVENTS), payload());
    List<Queued> queued = new ArrayList<>();
    for (int i = samples.number(3); i > 0; i--) {
      queued.add(new Queued(samples.delivery(event, samples.oneOf(endpoints)), false));
    }
    return PublishEntry.of(event, queued);
  }

  private Payload payload() {
    String line = samples.number(4) == 0 ? "\n" : "";
    return Payload.of("{" + line + "\"padding\":\"" + "é".repeat(padding / 2) + "\"}");
  }

  private AttemptResult result(Delivery delivery) {
    return switch (samples.number(4)) {
      case 0 -> new AttemptResult(delivery.postponed(samples.now().plusMillis(5)), null);
      case 1 -> {
        Attempt attempt = samples.attempt(delivery, samples.failure());
        yield new AttemptResult(delivery.retryAt(samples.now().plusMillis(5)), attempt);
      }
      case 2 -> {
        Attempt attempt = samples.attempt(delivery, samples.failure());
        yield new AttemptResult(delivery.exhausted(samples.now()), attempt);
      }
      default -> {
        Attempt attempt = samples.attempt(delivery, samples.success());
        yield new AttemptResult(delivery.delivered(samples.now()), attempt);
      }
    };
  }

  private void note(PublishEntry publication) {
    publication
        .entries()
        .forEach(
            entry -> {
              events.put(entry.event().id(), entry.event());
              entry.deliveries().forEach(q -> deliveries.put(q.delivery().id(), q.delivery()));
            });
  }

  private void note(AttemptResult result) {
    deliveries.put(result.delivery().id(), result.delivery());
    if (result.attempt() != null) {
      attempts.add(result.attempt());
    }
  }

  private void note(Command command) {
    if (command instanceof Command.Retry retry) {
      deliveries.computeIfPresent(retry.delivery(), (id, d) -> d.revived(retry.at()));
    } else if (command instanceof Command.Cancel cancel) {
      deliveries.computeIfPresent(cancel.delivery(), (id, d) -> d.cancelled(cancel.at()));
    } else if (command instanceof Command.Deliver deliver) {
      deliver.deliveries().forEach(fresh -> deliveries.put(fresh.id(), fresh));
    }
  }

  /** The same after everything was purged that can be. */
  Diary purge(Instant acceptedBefore) {
    Diary later = copy();
    later.remove(acceptedBefore);
    return later;
  }

  private void remove(Instant acceptedBefore) {
    events
        .values()
        .removeIf(
            e ->
                e.acceptedAt().isBefore(acceptedBefore)
                    && deliveries.values().stream()
                        .noneMatch(d -> d.event().equals(e.id()) && !d.state().isFinal()));
    deliveries.values().removeIf(d -> !events.containsKey(d.event()));
    attempts.removeIf(a -> !events.containsKey(a.event()));
  }

  /** Whether a store says the same, in everything that can be looked at. */
  void assertSameAs(Store store) {
    assertThat(all(r -> store.log().events(EventQuery.ofSite(SITE).page(r))))
        .containsExactlyInAnyOrderElementsOf(events.values());
    assertThat(all(r -> store.log().deliveries(DeliveryQuery.ofSite(SITE).page(r))))
        .containsExactlyInAnyOrderElementsOf(deliveries.values());
    assertThat(all(r -> store.log().attempts(AttemptQuery.ofSite(SITE).page(r))))
        .containsExactlyInAnyOrderElementsOf(attempts);
    assertThat(store.deliveries().backlog(all -> true).pending()).isEqualTo(pending().size());
  }

  /** Whether a store says exactly what one of two diaries says. */
  static void assertOneOf(Store store, Diary first, Diary second) {
    long count = all(r -> store.log().events(EventQuery.ofSite(SITE).page(r))).size();
    (count == first.events.size() ? first : second).assertSameAs(store);
  }

  /** Whether a store is somewhere on its way from an earlier diary to this, which purged more. */
  void assertReachableFrom(Diary earlier, Store store) {
    List<Event> shown = all(r -> store.log().events(EventQuery.ofSite(SITE).page(r)));
    Set<EventId> ids = shown.stream().map(Event::id).collect(Collectors.toSet());
    assertThat(shown).containsAll(events.values()).isSubsetOf(earlier.events.values());
    assertThat(all(r -> store.log().deliveries(DeliveryQuery.ofSite(SITE).page(r))))
        .containsExactlyInAnyOrderElementsOf(
            earlier.deliveries.values().stream().filter(d -> ids.contains(d.event())).toList());
    assertThat(all(r -> store.log().attempts(AttemptQuery.ofSite(SITE).page(r))))
        .containsExactlyInAnyOrderElementsOf(
            earlier.attempts.stream().filter(a -> ids.contains(a.event())).toList());
    assertThat(store.deliveries().backlog(all -> true).pending())
        .isEqualTo(earlier.pending().size());
  }

  private List<Delivery> pending() {
    return deliveries.values().stream().filter(d -> !d.state().isFinal()).toList();
  }

  /** Whether everything can still be looked up and claimed. */
  void assertUsable(Store store) {
    events.values().forEach(e -> assertThat(store.log().event(SITE, e.id())).contains(e));
    deliveries.values().forEach(d -> assertThat(store.log().delivery(SITE, d.id())).contains(d));
    events
        .keySet()
        .forEach(
            id ->
                assertThat(
                        store
                            .log()
                            .deliveries(DeliveryQuery.ofSite(SITE).event((EventId) id))
                            .data())
                    .containsExactlyInAnyOrderElementsOf(
                        deliveries.values().stream().filter(d -> d.event().equals(id)).toList()));
    Owner owner = store.deliveries().register(new Node("check"));
    Map<EndpointId, Integer> room = new LinkedHashMap<>();
    endpoints.forEach(endpoint -> room.put(endpoint, 1 << 20));
    List<Delivery> claimed =
        store
            .deliveries()
            .claim(
                owner,
                new ClaimRequest(room, 1 << 20, Long.MAX_VALUE, samples.now().plusSeconds(1)))
            .work()
            .stream()
            .map(work -> work.delivery())
            .toList();
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(pending());
    store.deliveries().retire(owner);
  }

  private static <T> List<T> all(Function<PageRequest, Page<T>> pages) {
    List<T> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<T> page = pages.apply(PageRequest.of(100).after(cursor));
      all.addAll(page.data());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
