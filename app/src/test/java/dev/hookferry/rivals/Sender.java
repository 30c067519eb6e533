package dev.hookferry.rivals;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Payload;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.EventId;
import dev.hookferry.id.IdSource;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import dev.hookferry.transport.Transport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Signs a webhook twice and waits until it is delivered. It signs and sends with our classes, which
 * take less processor than the JDK's client: the rivals differ from us in their queue alone.
 * Thread-safe.
 */
final class Sender implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final Transport transport =
      new HttpTransport(
          HttpTransportOptions.of(
              OutboundPolicy.strict()
                  .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
                  .allowingHttp()));
  private final IdSource ids = new IdSource(new SecureRandom());
  private final List<StandardSecret> secrets = List.of(StandardSecret.generate(new SecureRandom()));

  /**
   * Sends one.
   *
   * @throws IllegalStateException if it is not delivered; whoever called tries again
   */
  void send(Job job) {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    transport.send(signed(job), done::complete);
    Outcome outcome = done.join();
    if (!outcome.isSuccess()) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private SignedRequest signed(Job job) {
    Payload body = Payload.of(job.body());
    Instant now = Instant.now();
    EventId id = new EventId("evt_" + ids.next(now));
    List<Header> headers =
        List.of(
            new Header("Content-Type", "application/json"),
            new Header("User-Agent", "rival"),
            new Header(StandardSignature.ID_HEADER, id.value()),
            new Header(StandardSignature.TIMESTAMP_HEADER, Long.toString(now.getEpochSecond())),
            new Header(QlmSignature.HEADER, QlmSignature.of(body, "bench-secret")),
            new Header(StandardSignature.HEADER, StandardSignature.of(id, now, body, secrets)));
    return new SignedRequest(TargetUrl.parse(job.url()), headers, body, DEADLINE);
  }

  @Override
  public void close() {
    transport.close();
  }
}
