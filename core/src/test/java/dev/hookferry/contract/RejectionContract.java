package dev.hookferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.Release;
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
  default void writesOrRejectsAnEventOfAnyTime(Scene scene) {
    for (Instant time : ODD_TIMES) {
      Event sample = scene.samples.event();
      Event odd =
          new Event(
              sample.id(),
              sample.site(),
              sample.type(),
              time,
              sample.acceptedAt(),
              sample.payload(),
              sample.idempotence());

      assertWrittenOrRejected(scene, Batch.of(Scene.free(odd)));
    }
  }

  @Test
  default void writesOrRejectsAResultThatIsDueAtAnyTime(Scene scene) {
    for (Instant time : ODD_TIMES) {
      Delivery delivery = scene.owned(scene.samples.endpoint());
      Attempt attempt = scene.samples.attempt(delivery, scene.samples.failure());

      assertWrittenOrRejected(scene, Batch.of(new AttemptResult(delivery.retryAt(time), attempt)));
    }
  }

  @Test
  default void writesOrRejectsAnAttemptOfAnyLength(Scene scene) {
    for (Duration took : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(999_999))) {
      Delivery delivery = scene.owned(scene.samples.endpoint());
      Outcome outcome = Outcome.failed(OutcomeKind.TIMEOUT, "odd", took);
      Attempt attempt = scene.samples.attempt(delivery, outcome);

      assertWrittenOrRejected(
          scene, Batch.of(new AttemptResult(delivery.exhausted(scene.samples.now()), attempt)));
    }
  }

  @Test
  default void runsOrRejectsACommandOfAnyTime(Scene scene) {
    for (Instant time : ODD_TIMES) {
      Delivery delivery = scene.queued(scene.samples.endpoint());

      assertWrittenOrRejected(
          scene, Batch.of(new Command.Retry(delivery.site(), delivery.id(), time)));
    }
  }

  private static void assertWrittenOrRejected(Scene scene, Batch odd) {
    Event good = scene.samples.event();
    PublishEntry with = Scene.free(good, scene.samples.delivery(good));
    List<PublishEntry> publications =
        odd.publications().isEmpty() ? List.of(with) : List.of(with, odd.publications().get(0));
    List<Release> none = List.of();
    try {
      scene.commit(new Batch(publications, odd.results(), none, odd.commands()));
    } catch (RejectedBatchException e) {
      assertThat(scene.store().log().event(good.site(), good.id())).as("all or nothing").isEmpty();
      assertThat(scene.publish(with)).isInstanceOf(CommitResult.Stored.class);
    }
    assertThat(scene.store().log().event(good.site(), good.id())).contains(good);
  }
}
