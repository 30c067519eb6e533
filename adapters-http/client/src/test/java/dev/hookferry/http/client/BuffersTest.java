package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That memory outside of the heap is given back however a request ends, and is bounded. */
class BuffersTest {
  private static final Payload BIG = Payload.wrap(new byte[4 << 20]);

  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true);

  private long used() {
    return buffers.metric().usedDirectMemory() + buffers.metric().usedHeapMemory();
  }

  private static SignedRequest big(String url, Duration deadline) {
    return new SignedRequest(TargetUrl.parse(url), List.of(), BIG, deadline);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nmore",
        "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\nno",
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\n\r\nsomething else",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
        "junk"
      })
  void areFreeAfterAnyAnswer(String answer) throws Exception {
    try (ContractReceiver receiver =
        ContractReceiver.of(
            peer -> {
              peer.read();
              peer.write(answer);
            })) {
      try (HttpTransport transport =
          new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()), buffers)) {
        for (int i = 0; i < 20; i++) {
          TransportFixture.send(transport, receiver.url("/"));
        }
      }
      Poll.until(() -> used() == 0);
    }
  }

  @Test
  void areFreeAfterTls() throws Exception {
    TransportSetup setup = TransportSetup.loopback().withTls(Certificate.GOOD.trusting());
    try (ContractReceiver receiver =
        ContractReceiver.withTls(Certificate.GOOD.context(), ContractReceiver.status(200))) {
      try (HttpTransport transport = new HttpTransport(HttpTransportTest.options(setup), buffers)) {
        String good = receiver.url("https", "good.example.com");
        for (String url : List.of(good, receiver.url("https", "bad.example.com"), good)) {
          TransportFixture.send(transport, url);
        }
        Outcome outcome = TransportFixture.send(transport, big(good, TransportFixture.AMPLE));
        assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
      }
      Poll.until(() -> used() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void holdLittleOfABigBodyThatNobodyReads(boolean tls) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    TransportSetup setup = TransportSetup.loopback().withTls(Certificate.GOOD.trusting());
    ContractReceiver.Script stuck =
        peer -> {
          if (tls) {
            ((javax.net.ssl.SSLSocket) peer.socket()).startHandshake();
          }
          over.await();
        };
    try (ContractReceiver receiver =
        tls
            ? ContractReceiver.withTls(Certificate.GOOD.context(), stuck)
            : ContractReceiver.of(stuck)) {
      try (HttpTransport transport = new HttpTransport(HttpTransportTest.options(setup), buffers)) {
        String url = receiver.url(tls ? "https" : "http", "good.example.com");
        CompletableFuture<Outcome> sent =
            TransportFixture.start(transport, big(url, Duration.ofSeconds(2)));
        while (!sent.isDone()) {
          assertThat(used()).isLessThan(512 * 1024);
          over.await(1, TimeUnit.MILLISECONDS);
        }
      }
      Poll.until(() -> used() == 0);
    } finally {
      over.countDown();
    }
  }
}
