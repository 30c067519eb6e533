package dev.hookferry.contract.store.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.Promise;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store writes an entry, or says that the batch can never be written; nothing else. */
@Promise(
    by = DeliveryStore.class,
    value =
        "A batch with an entry that can never be written fails with RejectedBatchException and with"
            + " no other exception")
public interface RejectionContract extends StoreFixture {
  /** Times that fit the type but hardly any store: beyond milliseconds, years and columns. */
  List<Instant> ODD_TIMES =
      List.of(
          Instant.MAX,
          Instant.MIN,
          Instant.ofEpochMilli(Long.MAX_VALUE),
          Instant.ofEpochMilli(Long.MIN_VALUE));

  @Test
  default void writesOrRejectsAnEventWithAnyTimestamp(StoreHarness harness) {
    for (Instant time : ODD_TIMES) {
      Event sample = harness.samples.event();
      Event odd =
          new Event(
              sample.id(),
              sample.site(),
              sample.type(),
              time,
              sample.acceptedAt(),
              sample.payload(),
              sample.idempotence());

      assertWrittenOrRejected(harness, Batch.of(StoreHarness.free(odd)));
    }
  }

  @Test
  default void writesOrRejectsAResultWithAnyDueTime(StoreHarness harness) {
    for (Instant time : ODD_TIMES) {
      Delivery delivery = harness.owned(harness.samples.endpoint());
      Attempt attempt = harness.samples.attempt(delivery, harness.samples.failure());

      assertWrittenOrRejected(
          harness, Batch.of(new AttemptResult(delivery.retryAt(time), attempt)));
    }
  }

  @Test
  default void writesOrRejectsAnAttemptOfAnyDuration(StoreHarness harness) {
    for (Duration took : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(999_999))) {
      Delivery delivery = harness.owned(harness.samples.endpoint());
      Outcome outcome = Outcome.failed(OutcomeKind.TIMEOUT, "odd", took);
      Attempt attempt = harness.samples.attempt(delivery, outcome);

      assertWrittenOrRejected(
          harness, Batch.of(new AttemptResult(delivery.exhausted(harness.samples.now()), attempt)));
    }
  }

  @Test
  default void runsOrRejectsACommandWithAnyTimestamp(StoreHarness harness) {
    for (Instant time : ODD_TIMES) {
      Delivery delivery = harness.queued(harness.samples.endpoint());

      assertWrittenOrRejected(
          harness, Batch.of(new Command.Retry(delivery.site(), delivery.id(), time)));
    }
  }

  private static void assertWrittenOrRejected(StoreHarness harness, Batch odd) {
    Event good = harness.samples.event();
    PublishEntry with = StoreHarness.free(good, harness.samples.delivery(good));
    List<PublishEntry> publications =
        odd.publications().isEmpty() ? List.of(with) : List.of(with, odd.publications().get(0));
    List<HandBack> none = List.of();
    try {
      harness.commit(new Batch(publications, odd.results(), none, odd.commands()));
    } catch (RejectedBatchException e) {
      assertThat(harness.store().log().event(good.site(), good.id()))
          .as("all or nothing")
          .isEmpty();
      assertThat(harness.publish(with)).isInstanceOf(CommitResult.Stored.class);
    }
    assertThat(harness.store().log().event(good.site(), good.id())).contains(good);
  }
}
