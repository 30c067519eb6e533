package dev.hookferry.app.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.load.ReceivedEvents;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.run.RunResult;
import dev.hookferry.app.bench.wire.EventMark;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class DeliveryTallyTest {
  private static final SubscriptionScheme SCHEME = new SubscriptionScheme(2, false);

  private static BitSet first(int count) {
    BitSet bits = new BitSet();
    bits.set(0, count);
    return bits;
  }

  @Test
  void keepsThePromiseOnlyIfAllIsEqual() {
    assertThat(DeliveryTally.of(first(3), first(3), 3, 0).isKept()).isTrue();
    assertThat(DeliveryTally.of(first(3), first(2), 2, 0).lost()).isEqualTo(1);
    assertThat(DeliveryTally.of(first(3), first(2), 2, 0).isKept()).isFalse();
    assertThat(DeliveryTally.of(first(3), first(3), 3, 1).isKept()).isFalse();
    assertThat(DeliveryTally.of(first(3), first(3), 2, 0).isKept()).as("one not logged").isFalse();
    assertThat(DeliveryTally.of(first(3), first(3), 4, 0).isKept())
        .as("one logged twice")
        .isFalse();
    assertThat(DeliveryTally.NOTHING.isKept()).as("nothing was measured").isFalse();
  }

  @Test
  void anEventWithoutAnAnswerMayArrive() {
    DeliveryTally tally = DeliveryTally.of(first(2), first(3), 3, 0);
    assertThat(tally.unasked()).isEqualTo(1);
    assertThat(tally.isKept()).isTrue();
    assertThat(tally.toString()).startsWith("verified: 2 acknowledged, 2 delivered, 3 logged");
  }

  @Test
  void arrivalsCountDuplicatesStraysAndEventsOfOtherRuns() {
    ReceivedEvents arrivals = new ReceivedEvents(7, SCHEME);
    arrivals.add(0, new EventMark(7, 0, 10), 20);
    arrivals.add(1, new EventMark(7, 1, 10), 30);
    arrivals.add(0, new EventMark(7, 0, 10), 40);
    arrivals.add(0, new EventMark(7, 3, 10), 50);
    arrivals.add(0, new EventMark(6, 2, 10), 60);
    arrivals.add(0, null, 70);
    ObjectNode report = PartProtocol.JSON.createObjectNode();
    arrivals.report(report);
    assertThat(report.path("arrived").asInt()).isEqualTo(2);
    assertThat(report.path("duplicates").asInt()).isEqualTo(1);
    assertThat(report.path("unexpected").asInt()).isEqualTo(3);
    assertThat(RunResult.bits(report, "seen")).isEqualTo(first(2));
    assertThat(report.path("lastMicros").asLong()).isEqualTo(30);
  }

  @Test
  void anEventAfterALaterOneWithItsKeyIsOutOfOrder() {
    ReceivedEvents arrivals = new ReceivedEvents(7, new SubscriptionScheme(1, false, 0, 2));
    for (int event : new int[] {0, 1, 4, 3, 2}) {
      arrivals.add(0, new EventMark(7, event, 10), 20);
    }
    ObjectNode report = PartProtocol.JSON.createObjectNode();
    arrivals.report(report);
    assertThat(report.path("outOfOrder").asInt()).isEqualTo(1);

    DeliveryTally tally = DeliveryTally.of(first(5), first(5), 5, 0);
    assertThat(tally.isKept()).isTrue();
    DeliveryTally ordered = tally.outOfOrder(1).plus(tally);
    assertThat(ordered.isKept()).isFalse();
    assertThat(ordered.toString()).startsWith("NOT AS PROMISED").contains("1 out of order");
  }

  @Test
  void fanOutExpectsEveryEventAtEveryEndpointThatDoesNotHang() {
    ObjectNode answers = PartProtocol.JSON.createObjectNode();
    answers.put("accepted", first(3).toByteArray());
    assertThat(RunResult.expected(answers, new SubscriptionScheme(2, true), ReceiverProfile.GOOD))
        .isEqualTo(first(6));
    assertThat(RunResult.expected(answers, SCHEME, ReceiverProfile.GOOD)).isEqualTo(first(3));
    ReceiverProfile firstHangs = ReceiverProfile.GOOD.hanging(1);
    assertThat(RunResult.expected(answers, SCHEME, firstHangs).toString()).isEqualTo("{1}");
  }
}
