package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.Scope;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A program lists pages and removes what each one holds. */
class RemovalWhilePagingTest {
  private static final SiteId SITE = SiteId.DEFAULT;

  private final Embedded embedded = new Embedded();
  private final Webhooks webhooks = embedded.webhooks;

  @AfterEach
  void stop() {
    embedded.close();
  }

  /** Returns what it has removed. */
  private static <T> List<T> removeAll(Function<PageRequest, Page<T>> list, Consumer<T> remove) {
    List<T> removed = new ArrayList<>();
    PageRequest request = PageRequest.of(2);
    while (true) {
      Page<T> page = list.apply(request);
      page.data().forEach(remove);
      removed.addAll(page.data());
      String next = page.next();
      if (next == null) {
        return removed;
      }
      request = PageRequest.of(2).after(next);
    }
  }

  @Test
  void allEndpointsAreFound() {
    for (int i = 0; i < 5; i++) {
      EndpointSpec spec = EndpointSpec.to("https://a.example/" + i).types("*");
      webhooks.endpoints().create(SITE, spec);
    }
    assertThat(
            removeAll(
                page -> webhooks.endpoints().list(SITE, page),
                endpoint -> webhooks.endpoints().remove(SITE, endpoint.id())))
        .hasSize(5);
  }

  @Test
  void allKeysAreFound() {
    webhooks.keys().create("admin", Set.of(Scope.ADMIN), null);
    for (int i = 0; i < 5; i++) {
      webhooks.keys().create("key " + i, Set.of(Scope.PUBLISH), null);
    }
    assertThat(
            removeAll(
                page -> webhooks.keys().list(page),
                key -> {
                  if (!key.scopes().contains(Scope.ADMIN)) {
                    webhooks.keys().remove(key.id());
                  }
                }))
        .hasSize(6);
  }

  /** Sites of one moment, too: the clock stands still. */
  @Test
  void allSitesAreFound() {
    for (int i = 0; i < 5; i++) {
      webhooks.sites().create(new SiteId("site-" + i));
    }
    assertThat(
            removeAll(
                page -> webhooks.sites().list(page),
                site -> {
                  if (!site.id().equals(SITE)) {
                    webhooks.sites().remove(site.id());
                  }
                }))
        .hasSize(6);
  }

  @Test
  void allEventTypesAreFound() {
    for (int i = 0; i < 5; i++) {
      EventType type = new EventType("order.created" + i);
      webhooks.eventTypes().put(SITE, type, EventTypeSpec.of("An order."));
    }
    assertThat(
            removeAll(
                page -> webhooks.eventTypes().list(SITE, page),
                definition -> {
                  if (definition.type().name().startsWith("order")) {
                    webhooks.eventTypes().remove(SITE, definition.type());
                  }
                }))
        .hasSize(8 + 5);
  }

  @Test
  void refusesInvalidCursors() {
    PageRequest wrong = PageRequest.of(2).after("none!");
    List<Consumer<PageRequest>> lists =
        List.of(
            page -> webhooks.endpoints().list(SITE, page),
            page -> webhooks.keys().list(page),
            page -> webhooks.sites().list(page),
            page -> webhooks.eventTypes().list(SITE, page),
            page -> webhooks.replays().list(SITE, page));
    for (Consumer<PageRequest> list : lists) {
      assertThatThrownBy(() -> list.accept(wrong))
          .isInstanceOf(InvalidException.class)
          .hasMessageStartingWith("cursor: is not a cursor of this list");
    }
  }
}
