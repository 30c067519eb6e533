package dev.hookferry.contract.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Provides the transport under test. */
public interface TransportFixture {
  /** A deadline that no response in these tests comes near. */
  Duration AMPLE = Duration.ofMinutes(2);

  /** A deadline that is meant to pass. */
  Duration SHORT = Duration.ofMillis(400);

  /** A new transport; the test closes it. */
  Transport transport(TransportSetup setup);

  /** A request with a small body. */
  static SignedRequest request(String url, Duration deadline) {
    return new SignedRequest(
        TargetUrl.parse(url),
        List.of(
            new SignedRequest.Header("Content-Type", "application/json"),
            new SignedRequest.Header("webhook-id", "evt_1")),
        Payload.of("{\"a\":1}"),
        deadline);
  }

  /** Sends, and waits for the outcome longer than the deadline. */
  static Outcome send(Transport transport, SignedRequest request) {
    return outcome(start(transport, request), request.deadline());
  }

  /** Sends, and waits for the outcome. */
  static Outcome send(Transport transport, String url) {
    return send(transport, request(url, AMPLE));
  }

  /** Sends without waiting; a second outcome fails the test that reads the first. */
  static CompletableFuture<Outcome> start(Transport transport, SignedRequest request) {
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    transport.send(
        request,
        outcome -> {
          if (!future.complete(outcome)) {
            future.obtrudeException(new AssertionError("a second outcome: " + outcome));
          }
        });
    return future;
  }

  /** Waits for an outcome longer than the deadline. */
  static Outcome outcome(CompletableFuture<Outcome> future, Duration deadline) {
    try {
      Outcome outcome = future.get(deadline.plusMinutes(5).toMillis(), TimeUnit.MILLISECONDS);
      assertThat(outcome.took()).isLessThan(deadline.plus(AMPLE.dividedBy(2)));
      return outcome;
    } catch (Exception e) {
      throw new AssertionError("no outcome", e);
    }
  }
}
