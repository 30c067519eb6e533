package dev.hookferry.http.console.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OldestDeliveryTest {
  private final Samples samples = new Samples(5);
  private final List<Delivery> all = new ArrayList<>();
  private int queries;

  @Test
  void findsTheOldestHoweverTheTimesAreSpread() {
    for (Duration apart : List.of(Duration.ofSeconds(1), Duration.ofHours(7))) {
      all.clear();
      queries = 0;
      create(1_200, apart);
      Instant oldest = all.get(0).createdAt();
      assertThat(oldest(all.get(1_199).createdAt())).as("of the newest").isEqualTo(oldest);
      assertThat(oldest(oldest)).as("of itself").isEqualTo(oldest);
      assertThat(queries).as("both together").isLessThan(90);
    }
  }

  @Test
  void findsOneThatIsMuchOlderThanTheOthers() {
    create(1, Duration.ZERO);
    samples.pass(Duration.ofDays(40));
    create(1_000, Duration.ofMillis(5));
    assertThat(oldest(all.get(500).createdAt())).isEqualTo(all.get(0).createdAt());
    assertThat(queries).isLessThan(45);
  }

  @Test
  void aBurstCountsAsOneMoment() {
    create(1_500, Duration.ofMillis(1));
    Instant first = all.get(0).createdAt();
    samples.pass(Duration.ofHours(2));
    assertThat(oldest(all.get(1_000).createdAt())).isBetween(first, first.plusSeconds(2));
  }

  private void create(int count, Duration apart) {
    for (int i = 0; i < count; i++) {
      all.add(samples.delivery(samples.event()));
      samples.pass(apart);
    }
  }

  private Instant oldest(Instant known) {
    DeliveryQuery query = DeliveryQuery.ofSite(SiteId.DEFAULT);
    return new OldestDelivery(query, this::page).upTo(known, samples.now());
  }

  private Page<Delivery> page(DeliveryQuery query) {
    queries++;
    List<Delivery> found = new ArrayList<>(all.stream().filter(query::matches).toList());
    Collections.reverse(found);
    int limit = query.page().limit();
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), "next")
        : new Page<>(found, null);
  }
}
