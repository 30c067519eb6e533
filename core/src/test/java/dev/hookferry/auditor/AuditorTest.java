package dev.hookferry.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Payload;
import dev.hookferry.id.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** An auditor is worth something only if it objects to every record that is not as it was. */
class AuditorTest {
  private final Story story = new Story();
  private final AuditEvidence whole = story.evidence();

  @Test
  void acceptsACorrectRun() {
    Audit audit = judge(whole);

    assertThat(audit.objections()).isEmpty();
    assertThat(audit.summary())
        .isEqualTo("6 acknowledged, 0 lost, 7 deliveries, 11 requests, 2 duplicates");
    assertThat(audit.orThrow("a good run")).isSameAs(audit);
  }

  /** If the store's clock was changed, the receivers' records show whether a request was early. */
  @Test
  void objectsToEarlySendsAfterAClockChange() {
    Instant first = whole.arrived().get(1).ended();
    Instant second = whole.arrived().get(2).begun();
    assertThat(Duration.between(first, second)).isGreaterThanOrEqualTo(Story.WAIT);
    StoreTimes.Setting late = new StoreTimes.Setting(second.plusSeconds(1), Duration.ofHours(1));
    StoreTimes.Setting forward = new StoreTimes.Setting(first.plusSeconds(1), Duration.ofHours(1));
    AuditEvidence hasty = story.arriving(hastened(whole.arrived(), 2));

    assertThat(judge(whole, late)).isEmpty();
    assertThat(judge(hasty, late)).anyMatch(objection -> objection.contains("came again when"));
    assertThat(judge(hasty, forward)).noneMatch(objection -> objection.contains("came again when"));
  }

  private List<String> judge(AuditEvidence evidence, StoreTimes.Setting setting) {
    return new Auditor(story.rules(new StoreTimes(List.of(setting)))).judge(evidence).objections();
  }

  /** The request came five seconds earlier. */
  private static List<Arrived> hastened(List<Arrived> all, int which) {
    List<Arrived> changed = new ArrayList<>(all);
    Arrived one = all.get(which);
    changed.set(
        which,
        new Arrived(
            one.endpoint(),
            one.sender(),
            one.delivery(),
            one.event(),
            one.number(),
            one.begun().minusSeconds(5),
            one.ended(),
            one.status(),
            one.body(),
            one.headers()));
    return changed;
  }

  @Test
  void errorsNameTheRunAndTheFault() {
    AuditEvidence none = story.with(List.of(), whole.deliveries(), whole.attempts());

    assertThatThrownBy(() -> judge(none).orThrow("seed 17"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("seed 17: 6 acknowledged, 6 lost")
        .hasMessageContaining("the store has not even the event");
  }

  @Test
  void objectsToEveryMissingRecord() {
    for (int i = 0; i < whole.offered().size(); i++) {
      objects(story.offering(without(List.copyOf(whole.offered()), i)));
    }
    for (int i = 0; i < whole.readdressed().size(); i++) {
      if (whole.readdressed().get(i).told() != null) {
        objects(story.asking(without(whole.readdressed(), i)));
      }
    }
    for (int i = 0; i < whole.arrived().size(); i++) {
      Arrived dropped = whole.arrived().get(i);
      if (story.isInTheLog(dropped)) {
        objects(story.arriving(without(whole.arrived(), i)));
      }
    }
    for (int i = 0; i < whole.events().size(); i++) {
      objects(story.with(without(whole.events(), i), whole.deliveries(), whole.attempts()));
    }
    for (int i = 0; i < whole.deliveries().size(); i++) {
      objects(story.with(whole.events(), without(whole.deliveries(), i), whole.attempts()));
    }
    for (int i = 0; i < whole.attempts().size(); i++) {
      objects(story.with(whole.events(), whole.deliveries(), without(whole.attempts(), i)));
    }
    objects(story.disturbedBy(List.of()));
  }

  @Test
  void objectsToEveryDuplicateRecord() {
    for (Acknowledged told : whole.acknowledged()) {
      objects(story.telling(and(whole.acknowledged(), told)));
    }
    for (Arrived request : whole.arrived()) {
      if (story.isInTheLog(request)) {
        objects(story.arriving(and(whole.arrived(), request)));
      }
    }
    for (Event event : whole.events()) {
      objects(story.with(and(whole.events(), event), whole.deliveries(), whole.attempts()));
    }
    for (Delivery delivery : whole.deliveries()) {
      objects(story.with(whole.events(), and(whole.deliveries(), delivery), whole.attempts()));
    }
    for (Attempt attempt : whole.attempts()) {
      objects(story.with(whole.events(), whole.deliveries(), and(whole.attempts(), attempt)));
    }
  }

  @Test
  void objectsToEveryAlteredByteAndField() {
    each(whole.acknowledged(), Alterations.ACKNOWLEDGED, all -> objects(story.telling(all)));
    List<Readdressed> told = whole.readdressed().stream().filter(r -> r.told() != null).toList();
    each(told, Alterations.READDRESSED, all -> objects(story.asking(all)));
    each(whole.arrived(), Alterations.ARRIVED, all -> objects(story.arriving(all)));
    each(
        whole.events(),
        Alterations.EVENTS,
        all -> objects(story.with(all, whole.deliveries(), whole.attempts())));
    each(
        whole.deliveries(),
        Alterations.DELIVERIES,
        all -> objects(story.with(whole.events(), all, whole.attempts())));
    each(
        whole.attempts(),
        Alterations.ATTEMPTS,
        all -> objects(story.with(whole.events(), whole.deliveries(), all)));
  }

  @Test
  void objectsToReorderedAttemptsAndRequests() {
    List<Attempt> attempts = whole.attempts();
    for (int i = 0; i + 1 < attempts.size(); i++) {
      if (attempts.get(i).delivery().equals(attempts.get(i + 1).delivery())) {
        List<Attempt> swapped = new ArrayList<>(attempts);
        swapped.set(i, Alterations.at(attempts.get(i), attempts.get(i + 1).startedAt()));
        swapped.set(i + 1, Alterations.at(attempts.get(i + 1), attempts.get(i).startedAt()));
        objects(story.with(whole.events(), whole.deliveries(), swapped));
      }
    }
    List<Arrived> arrived = whole.arrived();
    for (int i = 0; i < arrived.size(); i++) {
      for (int j = i + 1; j < arrived.size(); j++) {
        if (!arrived.get(i).delivery().equals(arrived.get(j).delivery())) {
          List<Arrived> swapped = new ArrayList<>(arrived);
          swapped.set(i, Alterations.of(arrived.get(i), arrived.get(j).delivery()));
          swapped.set(j, Alterations.of(arrived.get(j), arrived.get(i).delivery()));
          objects(story.arriving(swapped));
        }
      }
    }
  }

  @Test
  void ignoresTheOrderOfTheRecords() {
    List<Arrived> arrived = new ArrayList<>(whole.arrived());
    Collections.reverse(arrived);

    assertThat(judge(story.arriving(arrived)).objections()).isEmpty();
  }

  @Test
  void objectsToMoreConcurrentRequestsThanTheWindowAllows() {
    Instant long_ = whole.arrived().get(0).begun().plus(Duration.ofHours(1));
    List<Arrived> hanging =
        whole.arrived().stream().map(r -> Alterations.of(r, r.begun(), long_)).toList();

    assertThat(judge(story.arriving(hanging)).objections()).anyMatch(o -> o.contains(" at once"));
  }

  @Test
  void objectsToDeliveriesStillPendingAtTheEnd() {
    List<Delivery> pending =
        whole.deliveries().stream()
            .map(d -> Alterations.of(d, DeliveryState.PENDING, d.attempts()))
            .toList();
    Audit audit = judge(story.with(whole.events(), pending, whole.attempts()));

    assertThat(audit.lost()).isEqualTo(6);
  }

  @Test
  void objectsToAnEventThatReachesAnotherSite() {
    List<Event> moved =
        whole.events().stream()
            .map(
                e ->
                    new Event(
                        e.id(),
                        Samples.OTHER_SITE,
                        e.type(),
                        e.occurredAt(),
                        e.acceptedAt(),
                        e.payload(),
                        e.idempotence()))
            .toList();
    AuditEvidence crossing =
        new AuditEvidence(
            whole.offered(),
            whole.acknowledged(),
            whole.readdressed(),
            whole.arrived(),
            moved,
            whole.deliveries(),
            whole.attempts(),
            whole.disturbances());

    assertThat(judge(crossing).objections()).anyMatch(one -> one.contains("crosses to site"));
  }

  @Test
  void objectsToAnEventThatComesBeforeItsScheduledTime() {
    Arrived first = whole.arrived().get(0);
    List<Event> scheduled =
        whole.events().stream()
            .map(e -> e.id().equals(first.event()) ? at(e, first.begun().plusSeconds(1)) : e)
            .toList();
    List<Event> due =
        whole.events().stream()
            .map(e -> e.id().equals(first.event()) ? at(e, first.begun()) : e)
            .toList();

    assertThat(judge(story.with(scheduled, whole.deliveries(), whole.attempts())).objections())
        .anyMatch(one -> one.contains("scheduled for"));
    assertThat(judge(story.with(due, whole.deliveries(), whole.attempts())).objections())
        .noneMatch(one -> one.contains("scheduled for"));
  }

  private static Event at(Event event, Instant time) {
    return event.with(new EventOptions(Map.of(), List.of(), time, null, Map.of(), null, false));
  }

  @Test
  void objectsToUnexpectedDeliveries() {
    Delivery other = whole.deliveries().get(0);
    Delivery twice = Alterations.of(other, new DeliveryId(new UUID(9, 9)));
    Audit audit =
        judge(story.with(whole.events(), and(whole.deliveries(), twice), whole.attempts()));
    assertThat(audit.objections()).anyMatch(o -> o.contains("has two deliveries to"));

    assertThat(judge(story.asking(List.of())).objections())
        .anyMatch(o -> o.contains("nobody asked for"));
  }

  private static <T> void each(
      List<T> all,
      Map<String, UnaryOperator<T>> alterations,
      java.util.function.Consumer<List<T>> judge) {
    for (int i = 0; i < all.size(); i++) {
      for (UnaryOperator<T> alteration : alterations.values()) {
        List<T> altered = new ArrayList<>(all);
        altered.set(i, alteration.apply(all.get(i)));
        if (!altered.equals(all)) {
          judge.accept(altered);
        }
      }
    }
  }

  private static <T> List<T> without(List<T> all, int index) {
    List<T> fewer = new ArrayList<>(all);
    fewer.remove(index);
    return fewer;
  }

  private static <T> List<T> and(List<T> all, T more) {
    List<T> longer = new ArrayList<>(all);
    longer.add(more);
    return longer;
  }

  private void objects(AuditEvidence altered) {
    assertThat(judge(altered).objections()).as(() -> difference(altered)).isNotEmpty();
  }

  private String difference(AuditEvidence altered) {
    List<Object> strange = new ArrayList<>(all(altered));
    all(whole).forEach(strange::remove);
    return "nothing was objected to; new or altered: " + strange;
  }

  private static List<Object> all(AuditEvidence evidence) {
    List<Object> all = new ArrayList<>(evidence.acknowledged());
    all.addAll(evidence.arrived());
    all.addAll(evidence.events());
    all.addAll(evidence.deliveries());
    all.addAll(evidence.attempts());
    return all;
  }

  private Audit judge(AuditEvidence evidence) {
    return new Auditor(story.rules()).judge(evidence);
  }

  @Test
  void objectsToASignatureOfOtherBytes() {
    Payload other = Payload.of("{}");
    List<Arrived> altered = whole.arrived().stream().map(r -> Alterations.of(r, other)).toList();

    assertThat(judge(story.arriving(altered)).objections())
        .anyMatch(o -> o.contains("other bytes"))
        .anyMatch(o -> o.contains("wrong signature"));
  }
}
