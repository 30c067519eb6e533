package dev.hookferry.contract.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.fixture.SampleHistory;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.EventQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageBytes;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of paging: no entry is skipped and none is repeated. */
@Promise(
    by = AttemptLog.class,
    value =
        "entries newer than the first page do not appear on later pages, and nothing appears twice")
public interface PagingContract extends StoreFixture {
  @Test
  default void pagesAttempts(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 40);
    assertPages(
        request -> harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE).page(request)),
        all.attempts.stream().filter(a -> a.site().equals(Samples.SITE)).toList());
  }

  @Test
  default void pagesDeliveries(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 40);
    assertPages(
        request ->
            harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE).page(request)),
        all.deliveries.stream().filter(d -> d.site().equals(Samples.SITE)).toList());
    DeliveryQuery pending = DeliveryQuery.ofSite(Samples.OTHER_SITE).state(DeliveryState.PENDING);
    assertPages(
        request -> harness.store().log().deliveries(pending.page(request)),
        all.deliveries.stream()
            .filter(d -> d.site().equals(Samples.OTHER_SITE) && !d.state().isFinal())
            .toList());
  }

  @Test
  default void pagesEvents(StoreHarness harness) {
    SampleHistory all = new SampleHistory(harness, 40);
    assertPages(
        request -> events(harness, request),
        all.events.stream().filter(e -> e.site().equals(Samples.SITE)).toList());
  }

  /** Another event of the same instant. */
  private static Event like(Event model, StoreHarness harness, Payload payload) {
    return new Event(
        harness.samples.event().id(),
        model.site(),
        model.type(),
        model.occurredAt(),
        model.acceptedAt(),
        payload,
        null);
  }

  @Test
  default void aPageOfLargeEventsEndsEarly(StoreHarness harness) {
    Event model = harness.samples.event();
    List<Event> published = new ArrayList<>();
    Payload payload = Payload.of("\"" + "x".repeat(PageBytes.MAX / 8 - 2) + "\"");
    for (int i = 0; i < 18; i++) {
      Event event = like(model, harness, payload);
      published.add(event);
      harness.publish(new PublishEntry(List.of(new PublishEntry.Entry(event, List.of()))));
    }
    Collections.reverse(published);
    List<Event> found = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String cursor = null;
    do {
      Page<Event> page = events(harness, PageRequest.of(500).after(cursor));
      found.addAll(page.data());
      sizes.add(page.data().size());
      cursor = page.next();
    } while (cursor != null);
    assertThat(found).isEqualTo(published);
    assertThat(sizes).containsExactly(8, 8, 2);
    assertThat(events(harness, PageRequest.of(3)).data()).hasSize(3);
  }

  private static Page<Event> events(StoreHarness harness, PageRequest request) {
    return harness.store().log().events(EventQuery.ofSite(Samples.SITE).page(request));
  }

  private static <T> void assertPages(
      Function<PageRequest, Page<T>> query, List<T> expectedOldestFirst) {
    List<T> expected = new ArrayList<>(expectedOldestFirst);
    Collections.reverse(expected);
    assertThat(expected).hasSizeGreaterThan(3);
    for (int limit : List.of(1, 2, 7, expected.size() - 1, expected.size(), 500)) {
      List<T> found = new ArrayList<>();
      Page<T> page = query.apply(PageRequest.of(limit));
      found.addAll(page.data());
      while (page.next() != null) {
        assertThat(page.data()).hasSize(limit);
        page = query.apply(PageRequest.of(limit).after(page.next()));
        assertThat(page.data()).isNotEmpty();
        found.addAll(page.data());
        assertThat(found).hasSizeLessThanOrEqualTo(expected.size());
      }
      assertThat(found).as("in pages of " + limit).isEqualTo(expected);
    }
  }

  @Test
  default void pagesEventsOfTheSameInstant(StoreHarness harness) {
    Event model = harness.samples.event();
    Set<Event> published = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      published.add(like(model, harness, model.payload()));
    }
    harness.publish(
        new PublishEntry(
            published.stream().map(e -> new PublishEntry.Entry(e, List.of())).toList()));

    List<Event> found = new ArrayList<>();
    Page<Event> page = events(harness, PageRequest.of(4));
    found.addAll(page.data());
    while (page.next() != null) {
      page = events(harness, PageRequest.of(4).after(page.next()));
      found.addAll(page.data());
      assertThat(found).hasSizeLessThanOrEqualTo(published.size());
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  default void laterPagesContainNothingNew(StoreHarness harness) {
    List<Delivery> old =
        Stream.generate(
                () -> harness.settled(harness.samples.endpoint(), d -> d.exhausted(d.dueAt())))
            .limit(6)
            .toList();
    PageRequest three = PageRequest.of(3);
    String afterEvents = events(harness, three).next();
    String afterDeliveries =
        harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE).page(three)).next();
    String afterAttempts =
        harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE).page(three)).next();

    Stream.generate(() -> harness.settled(harness.samples.endpoint(), d -> d.exhausted(d.dueAt())))
        .limit(5)
        .toList();

    assertThat(events(harness, PageRequest.of(50).after(afterEvents)).data())
        .extracting(Event::id)
        .containsExactly(old.get(2).event(), old.get(1).event(), old.get(0).event());
    assertThat(
            harness
                .store()
                .log()
                .deliveries(DeliveryQuery.ofSite(Samples.SITE).limit(50).after(afterDeliveries))
                .data())
        .containsExactly(old.get(2), old.get(1), old.get(0));
    assertThat(
            harness
                .store()
                .log()
                .attempts(AttemptQuery.ofSite(Samples.SITE).limit(50).after(afterAttempts))
                .data())
        .extracting(Attempt::delivery)
        .containsExactly(old.get(2).id(), old.get(1).id(), old.get(0).id());
  }

  @Promise(by = AttemptLog.class, value = "An invalid cursor is refused")
  @Test
  default void refusesAMalformedCursor(StoreHarness harness) {
    new SampleHistory(harness, 20);
    String good = events(harness, PageRequest.of(1)).next();
    for (String text : List.of("", " ", "no cursor", "'; --", "\u0000", "é", good + "!", "%")) {
      PageRequest request = PageRequest.of(10).after(text);
      assertRefused(() -> events(harness, request));
      assertRefused(
          () -> harness.store().log().deliveries(DeliveryQuery.ofSite(Samples.SITE).page(request)));
      assertRefused(
          () -> harness.store().log().attempts(AttemptQuery.ofSite(Samples.SITE).page(request)));
    }
  }

  private static void assertRefused(Runnable look) {
    assertThatThrownBy(look::run)
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(Problem::field).containsExactly("cursor"));
  }
}
