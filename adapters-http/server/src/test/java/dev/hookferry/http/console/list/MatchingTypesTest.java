package dev.hookferry.http.console.list;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchingTypesTest {
  private static final DeliveryQuery ALL = DeliveryQuery.ofSite(SiteId.DEFAULT);

  private final Samples samples = new Samples(7);
  private final List<DeliveryQuery> calls = new ArrayList<>();

  private Delivery delivery(String type) {
    Delivery one = samples.delivery(samples.event());
    return new Delivery(
        one.id(),
        one.site(),
        one.event(),
        new EventType(type),
        one.endpoint(),
        one.state(),
        one.attempts(),
        one.createdAt(),
        one.dueAt(),
        null,
        null);
  }

  private MatchingTypes found(int size, IntFunction<String> type) {
    List<Delivery> page = IntStream.range(0, size).mapToObj(type).map(this::delivery).toList();
    return MatchingTypes.of(
        ALL,
        query -> {
          calls.add(query);
          return new Page<>(page, "more");
        });
  }

  @Test
  void aSparsePatternIsNotSearchedToTheEndOfTheStore() {
    MatchingTypes found = found(1, i -> "order.paid");
    assertThat(calls).hasSize(4);
    assertThat(found.more()).isTrue();
    assertThat(found.replacing(FormValues.parse("type=order.*")))
        .isEqualTo("?type=order.paid&pattern=order.*&newest=4");
  }

  @Test
  void aReplayTakesAHundredTypes() {
    MatchingTypes found = found(150, i -> "order." + i);
    assertThat(calls).hasSize(1);
    assertThat(found.names()).hasSize(100).contains("order.99").doesNotContain("order.100");
    assertThat(found.more()).isTrue();
    FormValues query = FormValues.parse(found.replacing(FormValues.parse("")).substring(1));
    assertThat(MatchingTypes.note(query))
        .isEqualTo(
            "Only 100 event types are chosen: those of the newest 100 deliveries that match."
                + " Older ones of other types are left out.");
  }

  @Test
  void longNamesFitIntoTheUrl() {
    MatchingTypes found = found(100, i -> "order." + "x".repeat(110) + i);
    assertThat(found.more()).isTrue();
    assertThat(found.replacing(FormValues.parse("")).length()).isBetween(8_000, 8_400);
  }
}
