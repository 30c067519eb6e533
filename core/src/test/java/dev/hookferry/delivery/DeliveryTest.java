package dev.hookferry.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.event.Event;
import dev.hookferry.id.AttemptId;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private final Samples samples = new Samples(1);
  private final Event event = samples.event();
  private final Delivery fresh = samples.delivery(event);
  private final Instant now = samples.now().plusSeconds(10);

  @Test
  void startsPendingAndDue() {
    assertThat(fresh)
        .isEqualTo(
            new Delivery(
                fresh.id(),
                event.site(),
                event.id(),
                event.type(),
                fresh.endpoint(),
                DeliveryState.PENDING,
                0,
                event.acceptedAt(),
                event.acceptedAt(),
                null,
                null));
  }

  @Test
  void countsTheAttemptThatSucceeded() {
    Delivery done = fresh.retryAt(now).delivered(now.plusSeconds(1));

    assertThat(done.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(done.attempts()).isEqualTo(2);
    assertThat(done.settledAt()).isEqualTo(now.plusSeconds(1));
    assertThat(done.createdAt()).isEqualTo(event.acceptedAt());
  }

  @Test
  void countsFailedAttempts() {
    Delivery waiting = fresh.retryAt(now);
    assertThat(waiting.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(waiting.attempts()).isEqualTo(1);
    assertThat(waiting.dueAt()).isEqualTo(now);
    assertThat(waiting.settledAt()).isNull();

    Delivery exhausted = waiting.exhausted(now);
    assertThat(exhausted.state()).isEqualTo(DeliveryState.EXHAUSTED);
    assertThat(exhausted.attempts()).isEqualTo(2);
    assertThat(exhausted.settledAt()).isEqualTo(now);
  }

  @Test
  void countsOnlyRealAttempts() {
    assertThat(fresh.postponed(now).attempts()).isZero();
    assertThat(fresh.postponed(now).dueAt()).isEqualTo(now);
    assertThat(fresh.cancelled(now).attempts()).isZero();
    assertThat(fresh.cancelled(now).settledAt()).isEqualTo(now);
    assertThat(fresh.revived(now).attempts()).isZero();
  }

  @Test
  void canBeRevivedFromEveryFinalState() {
    List<BiFunction<Delivery, Instant, Delivery>> ends =
        List.of(Delivery::delivered, Delivery::exhausted, Delivery::cancelled);
    for (BiFunction<Delivery, Instant, Delivery> end : ends) {
      Delivery ended = end.apply(fresh.retryAt(now), now);
      Delivery revived = ended.revived(now.plusSeconds(5));

      assertThat(revived.state()).isEqualTo(DeliveryState.PENDING);
      assertThat(revived.attempts()).isEqualTo(ended.attempts());
      assertThat(revived.dueAt()).isEqualTo(now.plusSeconds(5));
      assertThat(revived.settledAt()).isNull();
      assertThatThrownBy(() -> ended.delivered(now)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> ended.retryAt(now)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> ended.cancelled(now)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void isHeldOnlyWhilePending() {
    Delivery done = fresh.delivered(now);

    assertThat(fresh.held().state()).isEqualTo(DeliveryState.HELD);
    assertThat(fresh.held().dueAt()).isEqualTo(fresh.dueAt());
    assertThat(fresh.held().held()).isEqualTo(fresh.held());
    assertThat(done.held()).isSameAs(done);
  }

  @Test
  void cannotBeInvalid() {
    assertThatThrownBy(() -> with(DeliveryState.PENDING, 0, now))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(DeliveryState.DELIVERED, 1, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> with(DeliveryState.PENDING, -1, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Attempt(
                    new AttemptId(fresh.id().value()),
                    fresh.id(),
                    fresh.site(),
                    fresh.endpoint(),
                    fresh.event(),
                    fresh.type(),
                    0,
                    now,
                    "https://receiver.example/",
                    samples.success(),
                    null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Delivery with(DeliveryState state, int attempts, Instant settledAt) {
    return new Delivery(
        fresh.id(),
        fresh.site(),
        fresh.event(),
        fresh.type(),
        fresh.endpoint(),
        state,
        attempts,
        now,
        now,
        settledAt,
        null);
  }
}
