package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.AlertType;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IncidentTrackerTest {
  private static final AlertType FAILING = AlertType.ENDPOINT_FAILING;
  private static final ConsoleLinks NO_LINKS = new ConsoleLinks("");

  private final ManualClock clock = ManualClock.atNoon();
  private final IncidentTracker tracker = new IncidentTracker(EnumSet.allOf(AlertType.class));

  private List<String> after(Duration time) {
    clock.advance(time);
    return tracker.due(clock.instant()).stream().map(Alert::line).toList();
  }

  private void begun(String about) {
    tracker.begun(FAILING, about, about + " fails", clock.instant());
  }

  private void reopened(String about) {
    tracker.reopened(FAILING, about, about + " fails", clock.instant());
  }

  private void over(String about) {
    tracker.over(FAILING, about, about + " works", clock.instant());
  }

  @Test
  void reportsAnIncidentOnceAndItsEndOnce() {
    begun("a");
    assertThat(after(Duration.ofSeconds(19))).isEmpty();
    begun("a");
    assertThat(after(Duration.ofSeconds(1))).containsExactly("Alert: a fails");
    begun("a");
    assertThat(after(Duration.ofHours(1))).isEmpty();
    over("a");
    over("a");
    assertThat(after(Duration.ofSeconds(20))).containsExactly("Recovered: a works");
    assertThat(after(Duration.ofDays(1))).isEmpty();
  }

  @Test
  void anIncidentThatEndsBeforeItsAlertIsNotReported() {
    begun("a");
    over("a");
    assertThat(after(Duration.ofMinutes(1))).isEmpty();
    over("b");
    assertThat(after(Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void simultaneousIncidentsShareAMessageAndMessagesAreSpaced() {
    begun("a");
    clock.advance(Duration.ofSeconds(10));
    begun("b");
    assertThat(after(Duration.ofSeconds(10))).hasSize(2);
    begun("c");
    assertThat(after(Duration.ofMinutes(4))).isEmpty();
    begun("d");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: c fails", "Alert: d fails");
  }

  @Test
  void flappingIncidentIsNotReportedAgainForHalfAnHour() {
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    over("a");
    assertThat(after(Duration.ofMinutes(6))).hasSize(1);
    for (int i = 0; i < 3; i++) {
      begun("a");
      assertThat(after(Duration.ofMinutes(2))).isEmpty();
      over("a");
      assertThat(after(Duration.ofMinutes(2))).isEmpty();
    }
    clock.advance(Duration.ofMinutes(30));
    begun("a");
    assertThat(after(Duration.ofMinutes(6))).containsExactly("Alert: a fails");
  }

  @Test
  void returningIncidentIsReportedAfterHalfAnHour() {
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    over("a");
    assertThat(after(Duration.ofMinutes(6))).hasSize(1);
    begun("a");
    assertThat(after(Duration.ofMinutes(10))).isEmpty();
    assertThat(after(Duration.ofMinutes(20))).isEmpty();
    assertThat(after(Duration.ofSeconds(20))).containsExactly("Alert: a fails");
  }

  @Test
  void doesNotReportABriefRecovery() {
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    over("a");
    begun("a");
    assertThat(after(Duration.ofHours(1))).isEmpty();
    over("a");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Recovered: a works");
  }

  @Test
  void reportsARecurringIncidentWhoseEndWasMissed() {
    reopened("a");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: a fails");
    clock.advance(Duration.ofHours(2));
    reopened("a");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: a fails");
    reopened("a");
    assertThat(after(Duration.ofMinutes(20))).isEmpty();
    assertThat(after(Duration.ofMinutes(11))).isEmpty();
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: a fails");
    assertThat(after(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void reportsTheEndOfARecurringIncident() {
    reopened("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    reopened("a");
    over("a");
    assertThat(after(Duration.ofMinutes(6))).containsExactly("Recovered: a works");
    assertThat(after(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void doesNotReportTheEndOfADroppedIncident() {
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    tracker.dropped(FAILING, "a");
    over("a");
    assertThat(after(Duration.ofHours(1))).isEmpty();
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: a fails");
  }

  @Test
  void incidentsWithoutAnEndAreReportedWithoutOne() {
    for (int i = 0; i < 1_000; i++) {
      tracker.happened(AlertType.DELIVERY_EXHAUSTED, "default", "exhausted", clock.instant());
    }
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: exhausted");
    tracker.over(AlertType.DELIVERY_EXHAUSTED, "default", "?", clock.instant());
    assertThat(after(Duration.ofHours(1))).isEmpty();
    tracker.happened(AlertType.DELIVERY_EXHAUSTED, "default", "exhausted", clock.instant());
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
  }

  @Test
  void aFlappingIncidentIsReportedAfterHalfAnHour() {
    happened("exhausted");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: exhausted");
    happened("exhausted again");
    assertThat(after(Duration.ofMinutes(29))).isEmpty();
    assertThat(after(Duration.ofMinutes(2))).isEmpty();
    assertThat(after(Duration.ofSeconds(20))).containsExactly("Alert: exhausted again");
    assertThat(after(Duration.ofHours(1))).isEmpty();
  }

  private void happened(String text) {
    tracker.happened(AlertType.DELIVERY_EXHAUSTED, "default", text, clock.instant());
  }

  /** As if NTP had corrected a clock that was six hours ahead. */
  @Test
  void alertsContinueAfterTheClockWasSetBack() {
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    begun("b");
    clock.advance(Duration.ofHours(-6));
    begun("c");
    assertThat(after(Duration.ofSeconds(20))).containsExactly("Alert: b fails", "Alert: c fails");
    over("a");
    begun("a");
    over("a");
    assertThat(after(Duration.ofMinutes(5))).containsExactly("Recovered: a works");
    begun("a");
    assertThat(after(Duration.ofMinutes(5))).containsExactly("Alert: a fails");
  }

  @Test
  void claimedAlertIsReportedAgainOnceTheClaimExpires() {
    begun("a");
    begun("b");
    begun("c");
    assertThat(after(Duration.ofMinutes(1))).hasSize(3);
    lost("a", Duration.ofMinutes(20));
    lost("b", Duration.ofMinutes(4));
    lost("c", Duration.ofMinutes(20));
    over("c");
    assertThat(after(Duration.ofMinutes(9))).isEmpty();
    assertThat(after(Duration.ofMinutes(1))).isEmpty();
    assertThat(after(Duration.ofSeconds(20))).containsExactly("Alert: a fails");
    over("a");
    over("b");
    assertThat(after(Duration.ofMinutes(6)))
        .containsExactly("Recovered: a works", "Recovered: b works");
  }

  /** Its end was noticed while the node asked for claims. */
  @Test
  void doesNotReportTheEndOfAnAlertClaimedEarlier() {
    begun("a");
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    over("a");
    lost("a", Duration.ofMinutes(20));
    assertThat(after(Duration.ofHours(1))).isEmpty();
  }

  private void lost(String about, Duration ago) {
    Alert alert = new Alert(FAILING, FAILING.code() + " " + about, about + " fails", false);
    tracker.lost(alert, clock.instant().minus(ago));
  }

  @Test
  void reportsOnlyTheRequestedTypes() {
    IncidentTracker some = new IncidentTracker(EnumSet.of(AlertType.BACKLOG_LATE));
    some.begun(FAILING, "a", "a fails", clock.instant());
    some.begun(AlertType.BACKLOG_LATE, "store", "late", clock.instant());
    clock.advance(Duration.ofMinutes(1));
    assertThat(some.due(clock.instant())).extracting(Alert::text).containsExactly("late");
  }

  @Test
  void aStormIsOneShortMessageAndTakesLittleMemory() {
    IntStream.range(0, 5_000).forEach(i -> begun("ep" + i));
    clock.advance(Duration.ofMinutes(1));
    List<Alert> due = tracker.due(clock.instant());
    assertThat(due).hasSize(1_000);
    AlertMessage message = AlertMessage.of(due, NO_LINKS);
    assertThat(message.subject()).isEqualTo("[Hookferry] 1000 alerts");
    assertThat(message.lines()).hasSize(21).last().isEqualTo("And 980 more; see the console.");
  }

  @Test
  void subjectCountsAlertsAndRecoveries() {
    Alert begun = new Alert(AlertType.ENDPOINT_FAILING, "one", "it fails", false);
    Alert over = new Alert(AlertType.ENDPOINT_FAILING, "two", "it works", true);
    assertThat(AlertMessage.of(List.of(begun, over, over), NO_LINKS).subject())
        .isEqualTo("[Hookferry] 1 alert, 2 recovered");
    assertThat(AlertMessage.of(List.of(begun, begun), NO_LINKS).subject())
        .isEqualTo("[Hookferry] 2 alerts");
    assertThat(AlertMessage.of(List.of(over, over), NO_LINKS).subject())
        .isEqualTo("[Hookferry] 2 recovered");
  }

  @Test
  void aStormDoesNotHideAnIncidentOfTheNode() {
    IntStream.range(0, 1_000).forEach(i -> begun("ep" + i));
    assertThat(after(Duration.ofMinutes(1))).hasSize(1_000);
    tracker.begun(AlertType.STORE_UNAVAILABLE, "store", "no store", clock.instant());
    tracker.begun(AlertType.BACKLOG_LATE, "store", "late", clock.instant());
    tracker.begun(AlertType.NODE_FAULT, "node-1 node", "no ports", clock.instant());
    assertThat(after(Duration.ofMinutes(6)))
        .containsExactly("Alert: no store", "Alert: late", "Alert: no ports");
  }

  @Test
  void finishedStormHidesNoNewIncident() {
    IntStream.range(0, 1_000).forEach(i -> begun("ep" + i));
    assertThat(after(Duration.ofMinutes(1))).hasSize(1_000);
    IntStream.range(0, 1_000).forEach(i -> over("ep" + i));
    assertThat(after(Duration.ofMinutes(6))).hasSize(1_000);
    assertThat(after(Duration.ofMinutes(30))).isEmpty();
    begun("other");
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: other fails");
  }

  private void blocked(int key) {
    tracker.happened(
        AlertType.KEY_BLOCKED, "key" + key, "key " + key + " blocked", clock.instant());
  }

  /** Every start reports the keys that are blocked; nothing reports that one no longer is. */
  @Test
  void blockedKeyReportedAgainCausesNoLaterAlert() {
    blocked(1);
    assertThat(after(Duration.ofMinutes(1))).containsExactly("Alert: key 1 blocked");
    clock.advance(Duration.ofDays(1));
    blocked(1);
    assertThat(after(Duration.ofDays(30))).isEmpty();
    assertThat(after(Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void blockedKeyReportedByAnotherNodeIsNotReportedLater() {
    blocked(1);
    Alert alert = new Alert(AlertType.KEY_BLOCKED, "key_blocked key1", "key 1 blocked", false);
    assertThat(after(Duration.ofMinutes(1))).hasSize(1);
    tracker.lost(alert, clock.instant().minus(Duration.ofMinutes(20)));
    assertThat(after(Duration.ofDays(31))).isEmpty();
    assertThat(after(Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void manyRepeatedKeysDoNotHideANewOne() {
    IntStream.range(0, 300).forEach(this::blocked);
    assertThat(after(Duration.ofMinutes(1))).hasSize(300);
    IntStream.range(0, 300).forEach(this::blocked);
    blocked(300);
    assertThat(after(Duration.ofMinutes(6))).containsExactly("Alert: key 300 blocked");
  }
}
