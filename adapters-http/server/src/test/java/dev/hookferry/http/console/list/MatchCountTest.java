package dev.hookferry.http.console.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MatchCountTest {
  private static final SiteId SITE = new SiteId("default");
  private static final DeliveryQuery ALL = DeliveryQuery.ofSite(SITE).limit(50);
  private static final DeliveryQuery BY_FIELD = ALL.field("order.id", "4711");

  private final List<Integer> limits = new ArrayList<>();

  @Test
  void aPageThatShowsAllIsTheCount() {
    assertThat(count(ALL, 50, 500)).isEqualTo(new MatchCount(50, false));
    assertThat(limits).isEmpty();
  }

  @Test
  void continuesAfterTheFirstPage() {
    assertThat(count(ALL, 120, 500)).isEqualTo(new MatchCount(120, false));
    assertThat(limits).containsExactly(450);
  }

  @Test
  void stopsAtTheGivenLimit() {
    assertThat(count(ALL, 2_000, 500)).isEqualTo(new MatchCount(500, true));
    assertThat(limits).containsExactly(450);
    assertThat(count(ALL, 500, 500)).isEqualTo(new MatchCount(500, false));
    limits.clear();
    assertThat(count(ALL, 2_000, 1_000).text()).isEqualTo("1,000+");
    assertThat(limits).containsExactly(500, 450);
  }

  @Test
  void startsAgainOnALaterPage() {
    assertThat(count(ALL.after("50"), 120, 500)).isEqualTo(new MatchCount(120, false));
    assertThat(limits).containsExactly(500);
  }

  @Test
  void countsMatchesOfAFieldLessFar() {
    assertThat(count(BY_FIELD, 70, 500)).isEqualTo(new MatchCount(70, false));
    assertThat(count(BY_FIELD, 101, 500)).isEqualTo(new MatchCount(100, true));
    assertThat(count(BY_FIELD.after("50"), 101, 500)).isEqualTo(new MatchCount(100, true));
    assertThat(limits).containsExactly(50, 50, 100);
  }

  @Test
  void countsNoFurtherThanThePageByStatusCode() {
    assertThat(count(ALL.statusCode(503), 70, 500)).isEqualTo(new MatchCount(50, true));
    assertThat(limits).isEmpty();
  }

  private MatchCount count(DeliveryQuery query, int matches, int most) {
    Page<Delivery> shown = page(query, matches);
    return MatchCount.of(
        query,
        shown,
        most,
        part -> {
          limits.add(part.page().limit());
          return page(part, matches);
        });
  }

  /** A page of so many matches; its cursor is the number of those before it. */
  private static Page<Delivery> page(DeliveryQuery query, int matches) {
    String cursor = query.page().cursor();
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    int to = Math.min(matches, from + query.page().limit());
    return new Page<>(
        IntStream.range(from, to).mapToObj(MatchCountTest::delivery).toList(),
        to == matches ? null : "" + to);
  }

  private static Delivery delivery(int number) {
    return new Delivery(
        new DeliveryId(new UUID(0, number)),
        SITE,
        new EventId("evt-" + number),
        new EventType("order_paid"),
        new EndpointId(new UUID(1, number)),
        DeliveryState.PENDING,
        0,
        Instant.EPOCH,
        Instant.EPOCH,
        null,
        null);
  }
}
