package dev.hookferry.http.console.portal.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.activity.ChartSpan;
import dev.hookferry.http.console.activity.EndpointHistory;
import dev.hookferry.http.console.activity.EndpointHistory.Slot;
import dev.hookferry.http.console.portal.figures.OutcomeTimeline.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTimelineTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Samples samples = new Samples(7);
  private final List<Slot> slots = new ArrayList<>();
  private final List<Delivery> open = new ArrayList<>();
  private final List<Delivery> ended = new ArrayList<>();

  /** Attempts for the first time, those that failed, and those of any hour that recovered. */
  private void hour(int events, int failed, int recovered) {
    slots.add(
        new Slot(
            Samples.START.plus(HOUR.multipliedBy(slots.size())),
            slots.size(),
            events,
            0,
            0,
            failed - recovered));
  }

  private void open(DeliveryState state, int attempts, double hours) {
    open.add(delivery(state, attempts, hours));
  }

  private Delivery delivery(DeliveryState state, int attempts, double hours) {
    Delivery one = samples.delivery(samples.event());
    return new Delivery(
        one.id(),
        one.site(),
        one.event(),
        one.type(),
        one.endpoint(),
        state,
        attempts,
        Samples.START.plusSeconds((long) (hours * 3_600)),
        one.dueAt(),
        state.isFinal() ? Samples.START.plus(HOUR.multipliedBy(2)) : null,
        state == DeliveryState.BLOCKED || state == DeliveryState.WAITING ? "key" : null);
  }

  private OutcomeTimeline timeline() {
    return OutcomeTimeline.of(
        new EndpointHistory(ChartSpan.DAY, slots, List.of(), List.of()), open, ended);
  }

  @Test
  void recoveredDeliveryCountsWhereItBegan() {
    hour(4, 3, 0);
    hour(2, 1, 0);
    hour(0, 0, 2);

    assertThat(timeline().slots())
        .containsExactly(new Outcomes(2, 0, 2), new Outcomes(2, 0, 0), Outcomes.NONE);
  }

  @Test
  void allResentDeliveriesCountAsDelivered() {
    hour(92, 91, 0);
    hour(0, 0, 91);

    assertThat(timeline().sum()).isEqualTo(new Outcomes(92, 0, 0));
  }

  /** A retry of deliveries from before the history recovers more than failed in it. */
  @Test
  void recoveriesOfOthersDoNotMakeADeliveryDelivered() {
    hour(30, 18, 0);
    hour(10, 4, 94);
    for (int i = 0; i < 18; i++) {
      open(DeliveryState.PENDING, 1, 0.5);
    }
    for (int i = 0; i < 4; i++) {
      ended.add(delivery(DeliveryState.EXHAUSTED, 3, 1.5));
    }

    assertThat(timeline().slots()).containsExactly(new Outcomes(12, 18, 0), new Outcomes(6, 0, 4));
  }

  @Test
  void retriedDeliveryIsPendingAndNotFailed() {
    hour(3, 0, 0);
    hour(2, 2, 0);
    open(DeliveryState.PENDING, 4, 0.99);

    assertThat(timeline().slots()).containsExactly(new Outcomes(3, 0, 0), new Outcomes(0, 1, 1));
  }

  @Test
  void unattemptedDeliveryCountsAsPending() {
    hour(1, 1, 0);
    hour(0, 0, 0);
    open(DeliveryState.PENDING, 1, 0.1);
    for (int i = 0; i < 41; i++) {
      open(DeliveryState.PENDING, 0, 0.5);
    }
    open(DeliveryState.HELD, 0, 1.5);
    open(DeliveryState.HELD, 0, -3);

    assertThat(timeline().slots()).containsExactly(new Outcomes(0, 42, 0), new Outcomes(0, 1, 0));
  }

  @Test
  void deliveryThatBlocksItsKeyCountsAsFailed() {
    hour(1, 1, 0);
    hour(0, 0, 0);
    open(DeliveryState.BLOCKED, 3, 0.1);
    open(DeliveryState.WAITING, 0, 0.1);

    assertThat(timeline().sum()).isEqualTo(new Outcomes(0, 1, 1));
  }

  @Test
  void barsAreStackedAndSmallFailuresStayVisible() {
    hour(999, 0, 0);
    hour(1, 1, 0);
    hour(0, 0, 0);
    hour(0, 0, 0);

    OutcomeChart chart = OutcomeChart.of(timeline().folded(2), 24);
    assertThat(chart.width()).isEqualTo(20);
    assertThat(chart.bars()).hasSize(2);
    assertThat(chart.bars().get(0).pieces())
        .containsExactly(
            new OutcomeChart.Piece("bar-good", "1.5", "22.5"),
            new OutcomeChart.Piece("bar-bad", "0.0", "1.5"));
    assertThat(chart.bars().get(1).pieces()).isEmpty();
  }
}
