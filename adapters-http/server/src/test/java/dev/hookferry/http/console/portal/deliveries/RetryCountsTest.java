package dev.hookferry.http.console.portal.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.id.EndpointId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryCountsTest {
  private final Samples samples = new Samples(12);
  private final DeliveryQuery all;
  private final EndpointId busy;
  private final EndpointId quiet;

  /** Newest first. */
  private final List<Delivery> stored = new ArrayList<>();

  private int looks;

  RetryCountsTest() {
    Delivery one = samples.delivery(samples.event());
    all = DeliveryQuery.ofSite(one.site());
    busy = one.endpoint();
    quiet = samples.delivery(samples.event()).endpoint();
  }

  private void add(EndpointId endpoint, DeliveryState state, int count) {
    for (int i = 0; i < count; i++) {
      Delivery one = samples.delivery(samples.event(), endpoint);
      boolean isFinal = state.isFinal();
      stored.add(
          new Delivery(
              one.id(),
              all.site(),
              one.event(),
              one.type(),
              endpoint,
              state,
              3,
              one.createdAt(),
              one.dueAt(),
              isFinal ? one.createdAt() : null,
              null));
    }
  }

  private Page<Delivery> list(DeliveryQuery query) {
    looks++;
    List<Delivery> found = stored.stream().filter(query::matches).toList();
    String cursor = query.page().cursor();
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    int to = Math.min(from + query.page().limit(), found.size());
    return new Page<>(found.subList(from, to), to < found.size() ? "" + to : null);
  }

  private RetryCounts counts(DeliveryQuery asked) {
    return RetryCounts.of(asked, List.of(busy, quiet), this::list);
  }

  @Test
  void manyToOneEndpointDoNotHideThoseToAnother() {
    add(busy, DeliveryState.EXHAUSTED, 1_100);
    add(quiet, DeliveryState.EXHAUSTED, 200);
    add(quiet, DeliveryState.PENDING, 3);

    RetryCounts counts = counts(all);

    assertThat(counts.kinds())
        .isEqualTo(
            Map.of(
                RetryKind.FAILED,
                Map.of(busy, new MatchCount(1_000, true), quiet, new MatchCount(200, false)),
                RetryKind.PENDING,
                Map.of(quiet, new MatchCount(3, false))));
    assertThat(counts.of(RetryKind.FAILED)).isEqualTo(new MatchCount(1_200, true));
    assertThat(counts.of(RetryKind.PENDING, busy)).isEqualTo(MatchCount.NONE);
  }

  @Test
  void eachEndpointIsLookedAtOnlyIfOnePageIsNotAll() {
    add(busy, DeliveryState.EXHAUSTED, 400);
    add(quiet, DeliveryState.EXHAUSTED, 100);
    assertThat(counts(all).endpoints()).containsExactlyInAnyOrder(busy, quiet);
    assertThat(looks).as("one for each kind").isEqualTo(3);

    add(busy, DeliveryState.EXHAUSTED, 200);
    looks = 0;
    assertThat(counts(all.endpoint(busy)).of(RetryKind.FAILED))
        .isEqualTo(new MatchCount(600, false));
    assertThat(looks).as("and two pages of the busy one").isEqualTo(5);
  }

  @Test
  void statesThatTheFilterLeavesOutAreNotRetried() {
    DeliveryQuery failed = all.states(RetryKind.FAILED.states());

    assertThat(RetryCounts.query(failed, Set.of(RetryKind.values())).states())
        .isEqualTo(RetryKind.FAILED.states());
    assertThat(RetryCounts.query(failed, Set.of(RetryKind.PENDING)).states()).isEmpty();
    assertThat(counts(all.state(DeliveryState.DELIVERED)).kinds()).isEmpty();
    assertThat(looks).isZero();
  }
}
