package dev.hookferry.http.console.portal.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.Served;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CustomerBacklogTest {
  private final Samples samples = new Samples(11);
  private final List<Delivery> stored = new ArrayList<>();
  private final List<DeliveryQuery> looks = new ArrayList<>();

  private void add(DeliveryState state, Endpoint endpoint, int count) {
    for (int i = 0; i < count; i++) {
      Delivery one = samples.delivery(samples.event(), endpoint.id());
      stored.add(
          new Delivery(
              one.id(),
              one.site(),
              one.event(),
              one.type(),
              one.endpoint(),
              state,
              3,
              one.createdAt(),
              one.dueAt(),
              state.isFinal() ? one.createdAt() : null,
              null));
    }
  }

  private void pending(Endpoint endpoint, int attempts, Instant dueAt) {
    Delivery one = samples.delivery(samples.event(), endpoint.id());
    stored.add(
        new Delivery(
            one.id(),
            one.site(),
            one.event(),
            one.type(),
            one.endpoint(),
            DeliveryState.PENDING,
            attempts,
            one.createdAt(),
            dueAt,
            null,
            null));
  }

  private Page<Delivery> list(DeliveryQuery query) {
    if (query.states().equals(ReplayWindow.FAILED)) {
      looks.add(query);
    }
    List<Delivery> all = stored.stream().filter(query::matches).toList();
    String cursor = query.page().cursor();
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    int to = from + query.page().limit();
    return new Page<>(
        all.stream().skip(from).limit(to - from).toList(),
        all.size() > to ? String.valueOf(to) : null);
  }

  private CustomerBacklog backlog(List<Endpoint> endpoints) {
    return new CustomerBacklog(DeliveryQuery.ofSite(SiteId.DEFAULT), endpoints, this::list);
  }

  private List<Endpoint> endpoints(Served served, String... names) {
    return Stream.of(names)
        .map(name -> EndpointSpec.to("https://" + name + ".example/").types("*"))
        .map(asked -> served.webhooks.endpoints().create(SiteId.DEFAULT, asked).endpoint())
        .toList();
  }

  @Test
  void findsFailuresOfAQuietEndpointDespiteABusyOne() {
    try (Served served = new Served()) {
      List<Endpoint> all = endpoints(served, "busy", "quiet", "fine");
      add(DeliveryState.EXHAUSTED, all.get(0), 600);
      add(DeliveryState.EXHAUSTED, all.get(1), 2);

      CustomerBacklog backlog = backlog(all);

      assertThat(all)
          .extracting(one -> backlog.failed(one.id()))
          .containsExactly(new MatchCount(600, false), new MatchCount(2, false), MatchCount.NONE);
      assertThat(looks).hasSize(4);
    }
  }

  @Test
  void onlyATruncatedEndpointCountHasAPlus() {
    try (Served served = new Served()) {
      List<Endpoint> all = endpoints(served, "most", "many", "few");
      for (DeliveryState state : List.of(DeliveryState.EXHAUSTED, DeliveryState.PENDING)) {
        add(state, all.get(0), 1_001);
        add(state, all.get(1), 108);
        add(state, all.get(2), 1);
      }

      CustomerBacklog backlog = backlog(all);

      assertThat(all)
          .extracting(one -> backlog.failed(one.id()))
          .containsExactly(
              new MatchCount(1_000, true), new MatchCount(108, false), new MatchCount(1, false));
      assertThat(all)
          .extracting(one -> backlog.undelivered(one.id()).waiting())
          .containsExactly(1_000, 108, 1);
      assertThat(all)
          .extracting(one -> backlog.undelivered(one.id()).more())
          .containsExactly(true, false, false);
      assertThat(backlog.failedSince(Instant.EPOCH).data()).hasSize(1_109);
      assertThat(backlog.openSince(Instant.EPOCH, DeliveryState.PENDING)).hasSize(1_109);
      assertThat(backlog.isCut(Instant.EPOCH, DeliveryState.PENDING)).isTrue();
    }
  }

  @Test
  void theFirstDeliveryWithoutRetriesLeftIsNotOneRetriedByHand() {
    try (Served served = new Served()) {
      Endpoint one = endpoints(served, "one").get(0);
      Instant due = Instant.parse("2026-01-01T12:00:00Z");
      RetrySettings retry = RetrySettings.of(3, Duration.ofMinutes(10));
      pending(one, 4, due);
      assertThat(backlog(List.of(one)).retriedUntil(one.id(), retry)).isNull();

      pending(one, 1, due);
      pending(one, 2, due.plusSeconds(60));
      assertThat(backlog(List.of(one)).retriedUntil(one.id(), retry))
          .isEqualTo(due.plusSeconds(60).plus(retry.delayAfter(3)));
    }
  }

  @Test
  void fullyCountedTotalHasNoPlus() {
    try (Served served = new Served()) {
      List<Endpoint> all = endpoints(served, "one", "two");
      for (Endpoint one : all) {
        add(DeliveryState.EXHAUSTED, one, 571);
        add(DeliveryState.PENDING, one, 700);
      }

      CustomerBacklog backlog = backlog(all);

      assertThat(backlog.failedSince(Instant.EPOCH).data()).hasSize(1_142);
      assertThat(backlog.failedSince(Instant.EPOCH).next()).isNull();
      assertThat(backlog.isCut(Instant.EPOCH, DeliveryState.PENDING)).isFalse();
    }
  }
}
