package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.store.TallyStore;
import dev.hookferry.store.TallyStore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Optional: how a store keeps tallies. */
@Promise(
    by = TallyStore.class,
    value = "Stores tallies, replacing those with the same writer, name and beginning")
public interface TallyStoreContract extends StoreFixture {
  /** The beginning of the period that the tests store tallies of. */
  Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** How long a tally of these tests is kept. */
  Duration USE = Duration.ofHours(1);

  /** A tally of the span that begins at noon. */
  static Tally tally(UUID writer, String name, String text) {
    return new Tally(writer, name, NOON, NOON.plus(USE), text);
  }

  @Test
  default void keepsTheNewestTallyOfEachWriterNameAndSpan(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    assertThat(tallies.since(Instant.EPOCH)).isEmpty();
    UUID one = harness.samples.deliveryId().value();
    UUID other = harness.samples.deliveryId().value();
    Tally later = new Tally(one, "s:a", NOON.plusSeconds(60), NOON.plus(USE), "d=9");
    tallies.put(List.of(tally(one, "s:a", "d=1"), tally(other, "s:a", "d=2"), later), NOON);
    String long1 = "x".repeat(2_000);
    tallies.put(
        List.of(tally(one, "s:a", long1), tally(one, "e:" + "b".repeat(118), "d=3%25")), NOON);

    assertThat(tallies.since(Instant.EPOCH))
        .containsExactlyInAnyOrder(
            tally(one, "s:a", long1),
            tally(other, "s:a", "d=2"),
            later,
            tally(one, "e:" + "b".repeat(118), "d=3%25"));
  }

  @Promise(
      by = TallyStore.class,
      value = "Returns tallies stored at this time or later, in no particular order.")
  @Test
  default void returnsTalliesStoredSinceATime(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID writer = harness.samples.deliveryId().value();
    tallies.put(List.of(tally(writer, "old", "1"), tally(writer, "changed", "1")), NOON);
    tallies.put(List.of(tally(writer, "changed", "2")), NOON.plusSeconds(60));

    assertThat(tallies.since(NOON)).hasSize(2);
    assertThat(tallies.since(NOON.plusSeconds(60))).containsExactly(tally(writer, "changed", "2"));
    assertThat(tallies.since(NOON.plusSeconds(61))).isEmpty();
  }

  @Promise(by = TallyStore.class, value = "whose names begin with a string")
  @Test
  default void returnsTalliesByTheBeginningOfTheirNames(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID writer = harness.samples.deliveryId().value();
    Tally wanted = tally(writer, "f:a", "1");
    tallies.put(List.of(wanted, tally(writer, "e:f:", "2"), tally(writer, "F:a", "3")), NOON);

    assertThat(tallies.since(NOON, "f:")).containsExactly(wanted);
    assertThat(tallies.since(NOON.plusSeconds(1), "f:")).isEmpty();
  }

  @Promise(by = TallyStore.class, value = "Returns all tallies with these names")
  @Test
  default void returnsTalliesByTheirNames(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID one = harness.samples.deliveryId().value();
    UUID other = harness.samples.deliveryId().value();
    List<Tally> wanted =
        List.of(tally(one, "e:a", "1"), tally(other, "e:a", "2"), tally(one, "e:b", "3"));
    tallies.put(wanted, NOON);
    tallies.put(List.of(tally(one, "e:A", "4"), tally(one, "e:ab", "5")), NOON);

    assertThat(tallies.named(Set.of("e:a", "e:b", "e:none")))
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(tallies.named(Set.of())).isEmpty();
  }

  @Promise(by = TallyStore.class, value = "deletes expired tallies of all writers")
  @Test
  default void purgesObsoleteTallies(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID writer = harness.samples.deliveryId().value();
    UUID gone = harness.samples.deliveryId().value();
    tallies.put(List.of(tally(gone, "a", "1")), NOON);
    tallies.put(List.of(), NOON.plus(USE).minusSeconds(1));
    assertThat(tallies.since(Instant.EPOCH)).hasSize(1);

    Tally fresh = new Tally(writer, "a", NOON.plus(USE), NOON.plus(USE).plus(USE), "2");
    tallies.put(List.of(fresh), NOON.plus(USE));
    assertThat(tallies.since(Instant.EPOCH)).containsExactly(fresh);
  }

  @Promise(by = TallyStore.class, value = "deletes expired tallies of all writers")
  @Test
  default void purgesTalliesWithoutStoringAny(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID writer = harness.samples.deliveryId().value();
    tallies.put(List.of(tally(writer, "a", "1")), NOON);

    tallies.put(List.of(), NOON.plus(USE));

    assertThat(tallies.since(Instant.EPOCH)).isEmpty();
  }

  @Promise(
      by = TallyStore.class,
      value = "replacing those with the same writer, name and beginning")
  @Test
  default void aTallyExpiresWhenItsNewestVersionSays(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID writer = harness.samples.deliveryId().value();
    Tally longer = new Tally(writer, "a", NOON, NOON.plus(USE).plusSeconds(1), "2");
    tallies.put(List.of(tally(writer, "a", "1")), NOON);
    tallies.put(List.of(longer), NOON);

    tallies.put(List.of(), NOON.plus(USE));
    assertThat(tallies.since(Instant.EPOCH)).containsExactly(longer);
    tallies.put(List.of(), NOON.plus(USE).plusSeconds(1));
    assertThat(tallies.since(Instant.EPOCH)).isEmpty();
  }

  /** As the alerts that were sent are, which any node removes. */
  @Promise(by = TallyStore.class, value = "deletes expired tallies of all writers")
  @Test
  default void aTallyIsDeletedByAVersionThatHasExpired(StoreHarness harness) {
    TallyStore tallies = harness.store().tallies();
    UUID writer = new UUID(0, 0);
    Tally open = new Tally(writer, "alert:a", Instant.EPOCH, NOON.plus(USE), "open");
    tallies.put(List.of(open, tally(writer, "b", "1")), NOON);
    assertThat(tallies.since(Instant.EPOCH, "alert:")).containsExactly(open);

    Tally over = new Tally(writer, "alert:a", Instant.EPOCH, NOON, "over");
    tallies.put(List.of(over), NOON);
    tallies.put(List.of(over), NOON);

    assertThat(tallies.since(Instant.EPOCH)).containsExactly(tally(writer, "b", "1"));
  }

  @Promise(by = TallyStore.class, value = "so that charts survive a restart")
  @Test
  default void keepsTalliesAfterReopening(StoreHarness harness) {
    UUID writer = harness.samples.deliveryId().value();
    harness.store().tallies().put(List.of(tally(writer, "a", "1")), NOON);
    harness.store().tallies().put(List.of(tally(writer, "a", "2")), NOON);

    harness.reopen();

    assertThat(harness.store().tallies().since(Instant.EPOCH))
        .containsExactly(tally(writer, "a", "2"));
  }
}
