package dev.hookferry.http.console.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Payload;
import dev.hookferry.http.console.text.FormValues;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EndpointActivityTest {
  private final Samples samples = new Samples(3);
  private final EndpointActivity health = new EndpointActivity();

  private void attempted(Delivery delivery, Duration waited, Duration answered) {
    attempted(delivery, 200, waited, answered);
  }

  private void attempted(Delivery delivery, int status, Duration waited, Duration answered) {
    Response response = new Response(status, Payload.empty(), false, null, null);
    Timing timing = new Timing(waited, null, null, null, answered, Duration.ZERO);
    Attempt attempt = samples.attempt(delivery, Outcome.responded(response, timing));
    health.attempted(attempt, delivery, null, () -> false);
  }

  @Test
  void itFailsSinceTheFirstFailureInARow() {
    attempted(samples.delivery(samples.event()), 500, Duration.ZERO, Duration.ofMillis(2));
    attempted(samples.delivery(samples.event()), Duration.ZERO, Duration.ofMillis(2));
    assertThat(health.now(samples.now()).failingSince()).isNull();
    samples.pass(Duration.ofSeconds(7));
    attempted(samples.delivery(samples.event()), 500, Duration.ZERO, Duration.ofMillis(2));
    Instant began = Objects.requireNonNull(health.now(samples.now()).failingSince());
    samples.pass(Duration.ofSeconds(7));
    attempted(samples.delivery(samples.event()), 500, Duration.ZERO, Duration.ofMillis(2));

    assertThat(health.now(samples.now()).failingSince()).isEqualTo(began);
    EndpointActivity read = new EndpointActivity();
    health.changed().forEach(part -> read.add(part.from(), FormValues.parse(part.text())));
    assertThat(read.now(samples.now()).failingSince())
        .isEqualTo(began.truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void timeOnHoldIsNotCountedAsOurDelay() {
    attempted(samples.delivery(samples.event()), 429, Duration.ZERO, Duration.ofMillis(2));
    Delivery waits = samples.delivery(samples.event());
    Delivery second = samples.delivery(samples.event());
    samples.pass(Duration.ofSeconds(40));
    attempted(waits, Duration.ZERO, Duration.ofMillis(2));
    samples.pass(Duration.ofMillis(30));
    attempted(second, Duration.ZERO, Duration.ofMillis(2));

    EndpointActivity.Now now = health.now(samples.now());
    assertThat(now.ours().slow()).as("queueing behind the probe").endsWith(" ms");
    assertThat(now.held().slow()).isEqualTo("40 s");
    assertThat(now.theirs().slow()).endsWith(" ms");
  }

  private Delivery ordered(String key) {
    Delivery one = samples.delivery(samples.event());
    return new Delivery(
        one.id(),
        one.site(),
        one.event(),
        one.type(),
        one.endpoint(),
        one.state(),
        one.attempts(),
        one.createdAt(),
        one.dueAt(),
        one.settledAt(),
        key);
  }

  @Test
  void waitingForTheTurnOfAKeyIsNotOurs() {
    Delivery first = ordered("a");
    Delivery second = ordered("a");
    attempted(first, 500, Duration.ZERO, Duration.ofMillis(2));
    samples.pass(Duration.ofSeconds(40));
    health.unblocked("a", samples.now());
    samples.pass(Duration.ofMillis(20));

    attempted(second, Duration.ZERO, Duration.ofMillis(2));

    EndpointActivity.Now now = health.now(samples.now());
    assertThat(now.ours().slow()).endsWith(" ms");
    assertThat(now.held().slow()).isIn("37 s", "40 s", "44 s");
  }

  @Test
  void waitingForASlowReceiverIsNotOurs() {
    Delivery first = samples.delivery(samples.event());
    Delivery second = samples.delivery(samples.event());
    attempted(first, Duration.ZERO, Duration.ofSeconds(10));
    samples.pass(Duration.ofSeconds(10).plusMillis(5));

    attempted(second, Duration.ZERO, Duration.ofMillis(2));

    EndpointActivity.Now now = health.now(samples.now());
    assertThat(now.ours().slow()).endsWith(" ms");
    assertThat(now.held().slow()).isIn("8.5 s", "9 s", "10 s", "11 s", "12 s");
  }

  @Test
  void waitingForTheRateOfTheEndpointIsNotOurs() {
    Delivery limited = samples.delivery(samples.event());
    samples.pass(Duration.ofSeconds(20));
    Attempt attempt =
        samples.attempt(
            limited,
            Outcome.responded(
                new Response(200, Payload.empty(), false, null, null),
                new Timing(Duration.ZERO, null, null, null, Duration.ofMillis(2), Duration.ZERO)));

    health.attempted(attempt, limited, null, () -> true);

    assertThat(health.now(samples.now()).ours().slow()).isEqualTo("under 1 ms");
    assertThat(health.now(samples.now()).held().isAny()).isTrue();
  }

  @Test
  void severalHoldsAreAddedUp() {
    Delivery waits = samples.delivery(samples.event());
    for (int i = 0; i < 2; i++) {
      attempted(samples.delivery(samples.event()), 429, Duration.ZERO, Duration.ofMillis(2));
      samples.pass(Duration.ofSeconds(10));
      attempted(samples.delivery(samples.event()), Duration.ZERO, Duration.ofMillis(2));
      samples.pass(Duration.ofMillis(100));
    }

    attempted(waits, Duration.ZERO, Duration.ofMillis(2));

    assertThat(health.now(samples.now()).ours().slow()).endsWith(" ms");
  }

  @Test
  void durationBeyondTheLastStepIsShownAsMore() {
    attempted(samples.delivery(samples.event()), Duration.ZERO, Duration.ofMinutes(5));
    EndpointActivity.Pair theirs = health.now(samples.now()).theirs();
    assertThat(theirs.slow()).isEqualTo("over 52 s");
    assertThat(theirs.isBeyondScale()).isTrue();
  }

  @Test
  void withoutAResponseThereIsNoResponseTime() {
    Delivery delivery = samples.delivery(samples.event());
    Outcome refused = Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused", Duration.ofMillis(3));
    health.attempted(samples.attempt(delivery, refused), delivery, null, () -> false);
    assertThat(health.now(samples.now()).theirs().slow()).isEqualTo("–");
    Outcome late = Outcome.failed(OutcomeKind.TIMEOUT, "no response", Duration.ofSeconds(30));
    health.attempted(samples.attempt(delivery, late), delivery, null, () -> false);
    assertThat(health.now(samples.now()).theirs().slow()).isEqualTo("30 s");
  }

  /** Latencies are accurate within 41%, so these are far apart. */
  @Test
  void waitingForAConnectionIsOursAndNotTheirs() {
    Delivery delivery = samples.delivery(samples.event());
    samples.pass(Duration.ofMillis(99));

    attempted(delivery, Duration.ofSeconds(5), Duration.ofMillis(2));

    EndpointActivity.Now now = health.now(samples.now());
    assertThat(now.theirs().median()).isEqualTo("2 ms");
    assertThat(now.ours().median()).isIn("4.3 s", "4.6 s", "5 s", "5.1 s", "5.5 s");
  }
}
