package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final Scheme SCHEME = new Scheme(2, false);

  private static BitSet first(int count) {
    BitSet bits = new BitSet();
    bits.set(0, count);
    return bits;
  }

  @Test
  void keepsThePromiseOnlyIfAllIsEqual() {
    assertThat(Tally.of(first(3), first(3), 3, 0).isKept()).isTrue();
    assertThat(Tally.of(first(3), first(2), 2, 0).lost()).isEqualTo(1);
    assertThat(Tally.of(first(3), first(2), 2, 0).isKept()).isFalse();
    assertThat(Tally.of(first(3), first(3), 3, 1).isKept()).isFalse();
    assertThat(Tally.of(first(3), first(3), 2, 0).isKept()).as("one not logged").isFalse();
    assertThat(Tally.of(first(3), first(3), 4, 0).isKept()).as("one logged twice").isFalse();
    assertThat(Tally.NOTHING.isKept()).as("nothing was measured").isFalse();
  }

  @Test
  void anEventWithoutAnAnswerMayArrive() {
    Tally tally = Tally.of(first(2), first(3), 3, 0);
    assertThat(tally.unasked()).isEqualTo(1);
    assertThat(tally.isKept()).isTrue();
    assertThat(tally.toString()).startsWith("verified: 2 acknowledged, 2 delivered, 3 logged");
  }

  @Test
  void arrivalsCountWhatComesAgainOrAtTheWrongPlaceOrFromAnotherRun() {
    Arrivals arrivals = new Arrivals(7, SCHEME);
    arrivals.add(0, new Mark(7, 0, 10), 20);
    arrivals.add(1, new Mark(7, 1, 10), 30);
    arrivals.add(0, new Mark(7, 0, 10), 40);
    arrivals.add(0, new Mark(7, 3, 10), 50);
    arrivals.add(0, new Mark(6, 2, 10), 60);
    arrivals.add(0, null, 70);
    ObjectNode report = Dialogue.JSON.createObjectNode();
    arrivals.report(report);
    assertThat(report.path("arrived").asInt()).isEqualTo(2);
    assertThat(report.path("duplicates").asInt()).isEqualTo(1);
    assertThat(report.path("strays").asInt()).isEqualTo(3);
    assertThat(RunResult.bits(report, "seen")).isEqualTo(first(2));
    assertThat(report.path("lastMicros").asLong()).isEqualTo(30);
  }

  @Test
  void fanOutExpectsEveryEventEverywhereAndNothingOfThoseThatHang() {
    ObjectNode answers = Dialogue.JSON.createObjectNode();
    answers.put("accepted", first(3).toByteArray());
    assertThat(RunResult.expected(answers, new Scheme(2, true), Habit.GOOD)).isEqualTo(first(6));
    assertThat(RunResult.expected(answers, SCHEME, Habit.GOOD)).isEqualTo(first(3));
    Habit firstHangs = Habit.GOOD.hanging(1);
    assertThat(RunResult.expected(answers, SCHEME, firstHangs).toString()).isEqualTo("{1}");
  }
}
