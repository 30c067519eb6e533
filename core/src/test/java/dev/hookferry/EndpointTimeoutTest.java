package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A slow receiver is cut off at the time limit of its endpoint. */
class EndpointTimeoutTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final Duration SERVERS = Duration.ofSeconds(12);
  private static final Duration SLOW = Duration.ofSeconds(8);

  private final ManualClock clock = ManualClock.atNoon();
  private final Hookferry hookferry =
      Hookferry.builder(new MemoryStore(clock, Duration.ofHours(1)), new SlowReceiver(clock))
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .attemptTimeout(SERVERS)
          .build()
          .start();
  private final Endpoints endpoints = hookferry.webhooks().endpoints();

  @AfterEach
  void close() {
    hookferry.close();
  }

  @Test
  void cutsOffEachSlowReceiverAtItsOwnTimeout() {
    EndpointSpec slow = EndpointSpec.to("https://slow.example/").types("*");
    EndpointId id = endpoints.create(SITE, slow.timeout(Duration.ofSeconds(3))).endpoint().id();
    assertAttempt(id, OutcomeKind.TIMEOUT, Duration.ofSeconds(3));

    endpoints.change(SITE, id, EndpointSpec.change().description("still 3 s"));
    assertAttempt(id, OutcomeKind.TIMEOUT, Duration.ofSeconds(3));

    endpoints.change(SITE, id, EndpointSpec.change().timeout(Duration.ofSeconds(30)));
    assertAttempt(id, OutcomeKind.DELIVERED, SLOW);

    endpoints.change(SITE, id, EndpointSpec.change().without(EndpointFields.TIMEOUT));
    assertThat(endpoints.get(SITE, id).timeout()).isNull();
    assertAttempt(id, OutcomeKind.DELIVERED, SLOW);
  }

  @Test
  void aTestBeforeRegistrationUsesTheTimeoutToo() {
    EndpointSpec asked = EndpointSpec.to("https://slow.example/").timeout(Duration.ofSeconds(1));
    Outcome outcome = endpoints.probe(SITE, asked, null).join().attempt().outcome();
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.TIMEOUT);
    assertThat(outcome.took()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void acceptsOneToThirtySeconds() {
    for (Duration wrong : new Duration[] {Duration.ofMillis(999), Duration.ofSeconds(31)}) {
      assertThatThrownBy(() -> EndpointSpec.change().timeout(wrong))
          .hasMessageStartingWith("timeout: must be a duration from 1s to 30s (got ");
    }
  }

  private void assertAttempt(EndpointId id, OutcomeKind kind, Duration took) {
    Attempt attempt = endpoints.test(SITE, id).join();
    assertThat(attempt.outcome().kind()).isEqualTo(kind);
    assertThat(attempt.outcome().took()).isEqualTo(took);
  }

  /** Responds after {@link #SLOW}, or is cut off at the deadline, in virtual time. */
  private record SlowReceiver(ManualClock clock) implements Transport {
    @Override
    public OutboundPolicy policy() {
      return OutboundPolicy.strict();
    }

    @Override
    public CompletionStage<Boolean> judge(TargetUrl url, boolean strict) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void send(SignedRequest request, Consumer<Outcome> whenDone) {
      boolean late = request.deadline().compareTo(SLOW) < 0;
      clock.advance(late ? request.deadline() : SLOW);
      whenDone.accept(
          late
              ? Outcome.failed(OutcomeKind.TIMEOUT, "no response in time", request.deadline())
              : Outcome.responded(ScriptedTransport.status(200).response(), SLOW));
    }

    @Override
    public void close() {}
  }
}
