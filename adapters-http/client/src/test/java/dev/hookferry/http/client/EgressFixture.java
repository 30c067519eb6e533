package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.observe.EgressState;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** Sends requests through scripted proxies to a receiver. */
abstract class EgressFixture {
  static final String ESTABLISHED = "HTTP/1.1 200 OK\r\n\r\n";

  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  final ContractReceiver receiver = opened(ContractReceiver.of(ContractReceiver.status(204)));

  <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  ScriptedProxy proxy(ScriptedProxy.Script script) {
    return opened(ScriptedProxy.of(script));
  }

  Transport through(Egress egress) {
    return opened(
        new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()).withEgress(egress)));
  }

  SignedRequest request(Duration deadline) {
    return TransportFixture.request(receiver.url("http", "a.example.com"), deadline)
        .leavingBy("main");
  }

  Outcome send(Transport transport) {
    return TransportFixture.send(transport, request(TransportFixture.AMPLE));
  }

  static EgressState state(Transport transport) {
    return transport.egresses().all().get(0);
  }

  static String detail(Outcome outcome) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.PROXY_FAILED);
    assertThat(outcome.response()).isNull();
    return outcome.detail();
  }

  /** A port that nobody listens on, nor can until the end of the test. */
  int closedPort() throws IOException {
    Socket reserving = opened(new Socket());
    reserving.bind(new InetSocketAddress("127.0.0.1", 0));
    return reserving.getLocalPort();
  }
}
