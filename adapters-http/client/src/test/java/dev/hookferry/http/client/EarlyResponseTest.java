package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Receivers that respond to the head of a request and close the connection. */
class EarlyResponseTest {
  /** More than the buffers of a connection hold. */
  private static final Payload LARGE = Payload.wrap(new byte[16 << 20]);

  private static final int OFTEN = 20;

  private static ContractReceiver.Script early(String response) {
    return peer -> {
      int unused = peer.socket().getInputStream().read();
      peer.write(response);
      peer.socket().close();
    };
  }

  private static List<Outcome> sent(String url, HttpTransport transport) {
    SignedRequest request =
        new SignedRequest(TargetUrl.parse(url), List.of(), LARGE, TransportFixture.AMPLE);
    List<CompletableFuture<Outcome>> all =
        IntStream.range(0, OFTEN)
            .mapToObj(i -> TransportFixture.start(transport, request))
            .toList();
    return all.stream().map(one -> TransportFixture.outcome(one, TransportFixture.AMPLE)).toList();
  }

  @Test
  void aResponseCountsThoughTheBodyWasNotRead() throws IOException {
    String response = "HTTP/1.1 410 Gone\r\nContent-Length: 4\r\nConnection: close\r\n\r\ngone";
    try (ContractReceiver receiver = ContractReceiver.of(early(response));
        HttpTransport transport =
            new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()))) {
      assertThat(sent(receiver.url("/"), transport))
          .allSatisfy(outcome -> assertThat(outcome.statusCode()).isEqualTo(410))
          .allSatisfy(
              outcome ->
                  assertThat(outcome.response())
                      .isNotNull()
                      .returns("gone", one -> one.body().text()));
    }
  }

  @Test
  void theSameOverTls() throws IOException {
    String response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    TransportSetup setup = TransportSetup.loopback().withTls(Certificate.GOOD.trusting());
    try (ContractReceiver receiver =
            ContractReceiver.withTls(Certificate.GOOD.context(), early(response));
        HttpTransport transport = new HttpTransport(HttpTransportTest.options(setup))) {
      assertThat(sent(receiver.url("https", "127.0.0.1"), transport)).allMatch(Outcome::isSuccess);
    }
  }

  @Test
  void withoutAResponseTheConnectionWasClosed() throws IOException {
    try (ContractReceiver receiver = ContractReceiver.of(early(""));
        HttpTransport transport =
            new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()))) {
      assertThat(sent(receiver.url("/"), transport))
          .extracting(Outcome::kind)
          .containsOnly(OutcomeKind.CONNECTION_CLOSED);
    }
  }

  @Test
  void incompleteResponseCountsAsClosedConnection() throws IOException {
    try (ContractReceiver receiver =
            ContractReceiver.of(early("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"));
        HttpTransport transport =
            new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()))) {
      assertThat(sent(receiver.url("/"), transport))
          .extracting(Outcome::kind)
          .containsOnly(OutcomeKind.CONNECTION_CLOSED);
    }
  }
}
