package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SpanCountsTest {
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

  private final SpanCounts<ActivityCounts> counts =
      new SpanCounts<>(ActivityCounts::new, ChartSpan::siteSlots);

  @Test
  void countsOnceInEverySpanHoweverOftenSomebodyReads() {
    delivered(0);
    assertThat(all(0)).containsExactly(1, 1, 1, 1);
    delivered(1);
    assertThat(all(1)).containsExactly(2, 2, 2, 2);
    assertThat(all(1)).containsExactly(2, 2, 2, 2);
  }

  @Test
  void separatesTheSlotsOfTheShortestSpan() {
    delivered(59);
    delivered(60);
    delivered(58);
    assertThat(newest(ChartSpan.HOUR, 60)).as("the second minute").isEqualTo(1);
    assertThat(newest(ChartSpan.DAY, 60)).as("the quarter of an hour").isEqualTo(3);
    assertThat(all(60)).containsExactly(3, 3, 3, 3);
  }

  @Test
  void keepsANameThatALongerSpanKnowsApart() {
    SpanCounts<EndpointCounts> byName =
        new SpanCounts<>(EndpointCounts::gathering, ChartSpan::endpointSlots);
    EndpointCounts known = EndpointCounts.parse(FormValues.parse("v=1&c=200:1:0&y=known:1:0"));
    byName.update(ChartSpan.DAY, slots -> slots.add(NOON, known));
    for (int i = 0; i < 20; i++) {
      EndpointCounts one =
          EndpointCounts.parse(FormValues.parse("v=1&c=200:1:0&y=type" + i + ":1:0"));
      byName.count(NOON, own -> own.addAll(one));
    }
    byName.count(NOON, own -> own.addAll(known));
    assertThat(types(byName, ChartSpan.DAY)).containsEntry("known", new EndpointCounts.Sent(2, 0));
    assertThat(types(byName, ChartSpan.HOUR)).hasSize(13).containsKey(EndpointCounts.OTHER);
  }

  private static Map<String, EndpointCounts.Sent> types(
      SpanCounts<EndpointCounts> byName, ChartSpan span) {
    return byName.read(span, slots -> slots.last(1, NOON)).types();
  }

  @Test
  void showsWhatAnotherProcessCountedBesideItsOwn() {
    ActivityCounts other = new ActivityCounts();
    other.add(true, Duration.ofMillis(1));
    delivered(0);
    counts.update(ChartSpan.HOUR, slots -> slots.put(new UUID(1, 1), NOON, other));
    assertThat(all(0)).containsExactly(2, 1, 1, 1);
  }

  @Test
  void hasNothingToWriteUntilSomethingIsCounted() {
    delivered(0);
    assertThat(changed()).containsExactly(NOON);
    assertThat(changed()).as("not written, since the store failed").containsExactly(NOON);
    counts.written();
    assertThat(changed()).isEmpty();
    delivered(2);
    assertThat(changed()).containsExactly(NOON);
  }

  @Test
  void writesAgainOnlyTheSlotsThatChanged() {
    delivered(0);
    delivered(60);
    delivered(120);
    assertThat(changed()).hasSize(3);
    revised(60, 120);
    counts.written();
    assertThat(changed()).as("revised while being written").containsExactly(NOON.plusSeconds(60));
    counts.written();
    assertThat(changed()).isEmpty();
  }

  private void revised(int second, int now) {
    counts.revise(NOON.plusSeconds(second), NOON.plusSeconds(now), ActivityCounts::recovered);
  }

  private void delivered(int second) {
    counts.count(NOON.plusSeconds(second), own -> own.add(true, Duration.ofMillis(1)));
  }

  private List<Integer> all(int second) {
    return ChartSpan.ALL.stream()
        .map(span -> buckets(span, second).stream().mapToInt(TimeSeries.Bucket::delivered).sum())
        .toList();
  }

  private int newest(ChartSpan span, int second) {
    return buckets(span, second).get(span.steps() - 1).delivered();
  }

  private List<TimeSeries.Bucket> buckets(ChartSpan span, int second) {
    return counts.read(
        span,
        slots -> slots.until(NOON.plusSeconds(second)).stream().map(TimeSeries::bucket).toList());
  }

  private List<Instant> changed() {
    List<TimeSeries.Part> parts =
        counts.read(ChartSpan.HOUR, slots -> slots.changed(ActivityCounts::text));
    return parts.stream().map(TimeSeries.Part::from).toList();
  }
}
