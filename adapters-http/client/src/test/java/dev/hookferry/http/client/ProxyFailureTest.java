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
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that fail, refuse, hang or break their protocol. */
class ProxyFailureTest extends EgressFixture {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 407 No\\r\\n\\r\\n | responded with 407: it does not accept the credentials",
        "HTTP/1.1 403 s3cret\\r\\n\\r\\n | responded with 403 to CONNECT",
        "HTTP/1.0 503 Full\\r\\nContent-Length: 2\\r\\n\\r\\nno | responded with 503 to CONNECT",
        "HTTP/1.1 302 Go\\r\\nLocation: http://127.0.0.1/\\r\\n\\r\\n | responded with 302 to CONNECT",
        "SSH-2.0-OpenSSH_9.9\\r\\n | does not speak HTTP",
        "HTTP/2.0 200 OK\\r\\n\\r\\n | does not speak HTTP",
        "HTTP/1.1 20 OK\\r\\n\\r\\n | does not speak HTTP",
        "HTTP/1.1 999 OK\\r\\n\\r\\n | does not speak HTTP",
      })
  void reportsWhatAConnectProxyDidWrong(String reply, String reason) {
    String text = reply.strip().replace("\\r", "\r").replace("\\n", "\n");
    ScriptedProxy proxy = proxy(ScriptedProxy.responding(text));
    Egress egress = Egress.proxy("main", proxy.url("http")).withCredentials("me", "s3cret");
    Transport transport = through(egress);

    assertThat(detail(send(transport))).isEqualTo("egress main: the proxy " + reason.strip());
    assertThat(state(transport).lastFailure())
        .isEqualTo(proxy.url("http") + " " + reason.strip())
        .doesNotContain("s3cret");
    assertThat(receiver.connections()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "05ff | requires credentials, and the egress has none",
        "0502 | requires credentials, and the egress has none",
        "0400 | does not speak SOCKS 5",
        "4854 | does not speak SOCKS 5",
        "0500 05010001 | refused with code 1: general failure",
        "0500 05020001000000000000 | refused with code 2: its rules do not allow the connection",
        "0500 0505 | refused with code 5: the receiver's host refused the connection",
        "0500 05ff | refused with code 255: unknown",
        "0500 05000009000000000000 | does not speak SOCKS 5",
        "0500 04000001000000000000 | does not speak SOCKS 5",
      })
  void reportsWhatASocksProxyDidWrong(String replies, String reason) {
    String[] parts = replies.strip().split(" ", -1);
    ScriptedProxy proxy =
        proxy(
            (self, socket) -> {
              byte[] piece = new byte[100];
              for (String part : parts) {
                socket.getInputStream().read(piece);
                socket.getOutputStream().write(HexFormat.of().parseHex(part));
              }
              socket.getInputStream().read(piece);
            });
    Transport transport = through(Egress.proxy("main", proxy.url("socks5")));

    assertThat(detail(send(transport))).isEqualTo("egress main: the proxy " + reason.strip());
    assertThat(receiver.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void readsRepliesThatDrip(String scheme) {
    String connected = ESTABLISHED.replace("\r\n\r\n", "\r\nVia: a\r\nX: b\r\n\r\n");
    ScriptedProxy proxy =
        proxy(
            (self, socket) -> {
              socket.setTcpNoDelay(true);
              boolean http = scheme.equals("http");
              String reply = http ? "HTTP/1.1 100 Continue\r\n\r\n" + connected : "\5\0";
              byte[] piece = new byte[300];
              socket.getInputStream().read(piece);
              for (char one : reply.toCharArray()) {
                ScriptedProxy.write(socket, String.valueOf(one));
              }
              if (!http) {
                socket.getInputStream().read(piece);
                for (char one : "\5\0\0\3\4name\0\7".toCharArray()) {
                  ScriptedProxy.write(socket, String.valueOf(one));
                }
              }
              ScriptedProxy.head(socket.getInputStream());
              ScriptedProxy.write(socket, "HTTP/1.1 204 No Content\r\n\r\n");
              socket.getInputStream().read(piece);
            });
    Outcome outcome = send(through(Egress.proxy("main", proxy.url(scheme))));
    assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
  }

  @Test
  void boundsTheHeadOfAReply() {
    ScriptedProxy proxy =
        proxy(
            (self, socket) -> {
              ScriptedProxy.write(socket, "HTTP/1.1 200 OK\r\n");
              while (true) {
                ScriptedProxy.write(socket, "X-Filler: 0123456789\r\n");
              }
            });
    assertThat(detail(send(through(Egress.proxy("main", proxy.url("http"))))))
        .isEqualTo("egress main: the proxy responded with a head longer than 16 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void distinguishesAClosingProxyFromAClosingReceiver(String scheme) {
    ScriptedProxy closing = proxy((self, socket) -> socket.getInputStream().read());
    assertThat(detail(send(through(Egress.proxy("main", closing.url(scheme))))))
        .isEqualTo("egress main: the proxy closed the connection before it responded");

    ScriptedProxy halfClosing =
        proxy(
            (self, socket) -> {
              socket.shutdownOutput();
              socket.getInputStream().readAllBytes();
            });
    Transport transport = through(Egress.proxy("main", halfClosing.url(scheme)));
    assertThat(detail(send(transport)))
        .isEqualTo("egress main: the proxy closed the connection before it responded");
    // With SOCKS, it closed before it was asked for the receiver.
    assertThat(state(transport).isWorking()).isEqualTo(scheme.equals("http"));
  }

  @Test
  void receiverThatSpeaksFirstIsNotMistakenForTheProxy() {
    ScriptedProxy proxy =
        proxy(
            (self, socket) -> {
              ScriptedProxy.head(socket.getInputStream());
              ScriptedProxy.write(socket, ESTABLISHED + "SSH-2.0-OpenSSH_9.9\r\n");
              socket.getInputStream().readAllBytes();
            });
    Transport transport = through(Egress.proxy("main", proxy.url("http")));
    assertThat(send(transport).kind())
        .isIn(OutcomeKind.CONNECTION_CLOSED, OutcomeKind.PROTOCOL_ERROR);
    assertThat(state(transport).failures()).isZero();
  }

  @Test
  void receiverClosingBehindTheProxyIsBlamed() {
    ScriptedProxy proxy = proxy(ScriptedProxy::connect);
    ContractReceiver rude = opened(ContractReceiver.of(connection -> connection.read()));
    Transport transport = through(Egress.proxy("main", proxy.url("http")));
    Outcome outcome =
        TransportFixture.send(
            transport,
            TransportFixture.request(rude.url("/"), TransportFixture.AMPLE).leavingBy("main"));
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECTION_CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"http,''", "https,''", "http,HTTP/1.1 200 OK"})
  void proxyThatDiesAfterConnectingIsBlamed(String receives, String begun) {
    ScriptedProxy dying =
        proxy(
            (self, socket) -> {
              ScriptedProxy.head(socket.getInputStream());
              ScriptedProxy.write(socket, ESTABLISHED);
              socket.getInputStream().read();
              ScriptedProxy.write(socket, begun);
              self.close();
            });
    Transport transport = through(Egress.proxy("main", dying.url("http")));
    SignedRequest request =
        TransportFixture.request(receiver.url(receives, "a.example.com"), TransportFixture.AMPLE)
            .leavingBy("main");
    assertThat(detail(TransportFixture.send(transport, request)))
        .isEqualTo("egress main: the proxy closed the connection and accepts no new ones");
    assertThat(state(transport).failures()).isEqualTo(1);
    assertThat(state(transport).lastFailure())
        .isEqualTo(dying.url("http") + " closed the connection and accepts no new ones");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void theDeadlineCoversTheProxy(String scheme) {
    ScriptedProxy silent = proxy((self, socket) -> socket.getInputStream().readAllBytes());
    Transport transport = through(Egress.proxy("main", silent.url(scheme)));
    Outcome outcome = TransportFixture.send(transport, request(TransportFixture.SHORT));
    assertThat(detail(outcome))
        .isEqualTo("egress main: the proxy did not open the connection in time");
    // It may be the receiver that keeps the proxy waiting.
    assertThat(state(transport).refusals()).isEqualTo(1);
    assertThat(state(transport).isWorking()).isTrue();
  }

  @Test
  void failsOverWithinTheAttempt() throws Exception {
    ScriptedProxy works = proxy(ScriptedProxy::connect);
    String dead = "http://127.0.0.1:" + closedPort();
    Transport transport = through(Egress.proxy("main", dead, works.url("http")));

    assertThat(send(transport).isSuccess()).isTrue();
    assertThat(state(transport).isWorking()).isTrue();
    assertThat(state(transport).failures()).isEqualTo(1);
    assertThat(state(transport).lastFailure())
        .isEqualTo(dead + " did not accept the connection: Connection refused");

    // The dead one is left alone for a while.
    SignedRequest elsewhere =
        TransportFixture.request(receiver.url("http", "b.example.com"), TransportFixture.AMPLE);
    assertThat(TransportFixture.send(transport, elsewhere.leavingBy("main")).isSuccess()).isTrue();
    assertThat(state(transport).failures()).isEqualTo(1);
  }

  @Test
  void failsOverFromAProxyThatHangs() {
    ScriptedProxy hangs = proxy((self, socket) -> socket.getInputStream().readAllBytes());
    ScriptedProxy works = proxy(ScriptedProxy::socks);
    TransportSetup impatient = TransportSetup.loopback().withConnectTimeout(Duration.ofMillis(500));
    Transport transport =
        opened(
            new HttpTransport(
                HttpTransportTest.options(impatient)
                    .withEgress(Egress.proxy("main", hangs.url("http"), works.url("socks5")))));
    assertThat(send(transport).isSuccess()).isTrue();
    assertThat(state(transport).lastFailure())
        .isEqualTo(hangs.url("http") + " did not respond in time");

    // It is left alone for a while.
    SignedRequest elsewhere =
        TransportFixture.request(receiver.url("http", "b.example.com"), TransportFixture.AMPLE);
    assertThat(TransportFixture.send(transport, elsewhere.leavingBy("main")).isSuccess()).isTrue();
    assertThat(hangs.connections()).isEqualTo(1);
  }

  @Test
  void namesBothProxiesThatFailAndNoAddressOfThem() throws Exception {
    String dead = "socks5://localhost:" + closedPort();
    ScriptedProxy full = proxy(ScriptedProxy.responding("HTTP/1.1 503 Full\r\n\r\n"));
    Transport transport = through(Egress.proxy("main", dead, full.url("http")));

    assertThat(detail(send(transport)))
        .isEqualTo(
            "egress main: the first proxy did not accept the connection: Connection refused; the"
                + " second proxy responded with 503 to CONNECT");
    EgressState state = state(transport);
    assertThat(state.isWorking()).isTrue();
    assertThat(state.failures()).isEqualTo(1);
    assertThat(state.refusals()).isEqualTo(1);

    Transport down = through(Egress.proxy("main", dead, "http://127.0.0.1:" + closedPort()));
    assertThat(detail(send(down))).contains("the second proxy did not accept the connection");
    assertThat(state(down).isWorking()).isFalse();
  }

  @Test
  void triesTheNextAddressOfTheReceiverThroughTheSameProxy() {
    ScriptedProxy proxy = proxy(ScriptedProxy::connect);
    TransportSetup twoAddresses =
        TransportSetup.loopback()
            .withNames(
                host ->
                    List.of(
                        TransportSetup.address("127.0.0.9"), TransportSetup.address("127.0.0.1")));
    Transport transport =
        opened(
            new HttpTransport(
                HttpTransportTest.options(twoAddresses)
                    .withEgress(Egress.proxy("main", proxy.url("http")))));
    assertThat(send(transport).isSuccess()).isTrue();
    assertThat(proxy.asked())
        .containsExactly("127.0.0.9:" + receiver.port(), "127.0.0.1:" + receiver.port());
    assertThat(state(transport).refusals()).isEqualTo(1);
  }
}
