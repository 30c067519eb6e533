package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Timing;
import dev.hookferry.observe.EgressState;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that leave through proxies or from a local address. */
class EgressTest {
  private static final String ESTABLISHED = "HTTP/1.1 200 OK\r\n\r\n";

  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final ContractReceiver receiver =
      opened(ContractReceiver.of(ContractReceiver.status(204)));

  private <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private ScriptedProxy proxy(ScriptedProxy.Script script) {
    return opened(ScriptedProxy.of(script));
  }

  private Transport through(Egress egress) {
    return opened(
        new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()).withEgress(egress)));
  }

  private SignedRequest request(Duration deadline) {
    return TransportFixture.request(receiver.url("http", "a.example.com"), deadline)
        .leavingBy("main");
  }

  private Outcome send(Transport transport) {
    return TransportFixture.send(transport, request(TransportFixture.AMPLE));
  }

  private static EgressState state(Transport transport) {
    return transport.egresses().all().get(0);
  }

  private static String detail(Outcome outcome) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.PROXY_FAILED);
    assertThat(outcome.response()).isNull();
    return outcome.detail();
  }

  /** A port that nobody listens on, nor can until the end of the test. */
  private int closedPort() throws IOException {
    Socket reserving = opened(new Socket());
    reserving.bind(new InetSocketAddress("127.0.0.1", 0));
    return reserving.getLocalPort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void connectsThroughTheProxyToTheJudgedAddress(String scheme) {
    ScriptedProxy proxy =
        proxy(scheme.equals("http") ? ScriptedProxy::connect : ScriptedProxy::socks);
    Transport transport = through(Egress.proxy("main", proxy.url(scheme)));

    Outcome outcome = send(transport);

    assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
    assertThat(proxy.asked()).containsExactly("127.0.0.1:" + receiver.port());
    assertThat(receiver.requests().get(0).header("Host"))
        .isEqualTo("a.example.com:" + receiver.port());
    Timing timing = Objects.requireNonNull(outcome.timing());
    assertThat(timing.egress()).isEqualTo("main");
    assertThat(timing.connect()).isNotNull();
    assertThat(timing.proxy()).isNotNull();
    assertThat(state(transport)).isEqualTo(EgressState.unused("main", List.of(proxy.url(scheme))));
  }

  @Test
  void sharesConnectionsOnlyWithRequestsOfTheSameEgress() {
    ScriptedProxy one = proxy(ScriptedProxy::connect);
    ScriptedProxy two = proxy(ScriptedProxy::socks);
    Transport transport =
        opened(
            new HttpTransport(
                HttpTransportTest.options(TransportSetup.loopback())
                    .withEgress(Egress.proxy("main", one.url("http")))
                    .withEgress(Egress.proxy("other", two.url("socks5")))));
    for (String egress : new @Nullable String[] {"main", "main", "other", null, "other", null}) {
      SignedRequest request = request(TransportFixture.AMPLE).leavingBy(egress);
      assertThat(TransportFixture.send(transport, request).isSuccess()).isTrue();
    }
    assertThat(one.connections()).isEqualTo(1);
    assertThat(two.connections()).isEqualTo(1);
    assertThat(receiver.connections()).isEqualTo(3);
  }

  @Test
  void anUnknownEgressIsNeverReplacedByADirectConnection() {
    Transport transport = through(Egress.direct("other"));
    assertThat(detail(send(transport))).isEqualTo("egress main: this node has none of that name");
    assertThat(receiver.connections()).isZero();
  }

  @Test
  void leavesFromTheLocalAddress() {
    // It listens only, and notes who connects.
    ScriptedProxy listener =
        proxy(
            (self, socket) -> {
              self.asked().add(socket.getInetAddress().getHostAddress());
              ScriptedProxy.head(socket.getInputStream());
              ScriptedProxy.write(socket, "HTTP/1.1 204 No Content\r\n\r\n");
            });
    Transport transport = through(Egress.from("main", "127.0.0.77"));
    SignedRequest request =
        TransportFixture.request(listener.url("http") + "/", TransportFixture.AMPLE);
    Outcome outcome = TransportFixture.send(transport, request.leavingBy("main"));
    assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
    assertThat(listener.asked()).containsExactly("127.0.0.77");
  }

  @Test
  void aLocalAddressThatIsMissingIsNotTheReceiversFault() {
    Transport transport = through(Egress.from("main", "198.51.100.7"));
    assertThat(detail(send(transport)))
        .isEqualTo("egress main: this node does not have its local address at the moment");
    assertThat(state(transport).isWorking()).isFalse();
    assertThat(state(transport).failures()).isEqualTo(1);
    assertThat(state(transport).via()).containsExactly("198.51.100.7");

    Transport sixth = through(Egress.from("main", "::1"));
    assertThat(detail(send(sixth)))
        .contains("the receiver has no address of the same family, IPv4 or IPv6");
  }

  @Test
  void authenticatesToProxies() {
    ScriptedProxy connect = proxy(ScriptedProxy::connect);
    Egress egress = Egress.proxy("main", connect.url("http")).withCredentials("ü", "p:4 ss");
    assertThat(send(through(egress)).isSuccess()).isTrue();
    byte[] pair = "ü:p:4 ss".getBytes(StandardCharsets.UTF_8);
    assertThat(connect.credentials())
        .containsExactly("Basic " + Base64.getEncoder().encodeToString(pair));

    ScriptedProxy socks = proxy(ScriptedProxy::socks);
    Egress other = Egress.proxy("main", socks.url("socks5")).withCredentials("ü", "p:4 ss");
    assertThat(send(through(other)).isSuccess()).isTrue();
    assertThat(socks.credentials()).containsExactly("ü:p:4 ss");
  }

  @Test
  void speaksTlsWithAProxyAndWithTheReceiverBehindIt() {
    ScriptedProxy proxy =
        opened(ScriptedProxy.withTls(Certificate.GOOD.context(), ScriptedProxy::connect));
    ContractReceiver secure =
        opened(ContractReceiver.withTls(Certificate.OTHER.context(), ContractReceiver.status(204)));
    TransportSetup trusting = TransportSetup.loopback().withTls(Certificate.OTHER.trusting());
    Egress egress = Egress.proxy("main", "https://good.example.com:" + proxy.port());
    SignedRequest request =
        TransportFixture.request(secure.url("https", "good.example.com"), TransportFixture.AMPLE)
            .leavingBy("main");
    HttpTransportOptions options = HttpTransportTest.options(trusting);

    try (Transport unwary = new HttpTransport(options.withEgress(egress))) {
      assertThat(detail(TransportFixture.send(unwary, request))).contains("the proxy failed: ");
      assertThat(proxy.asked()).isEmpty();
    }
    Egress known = egress.withTrustedCa(Certificate.GOOD.authorityPem());
    try (Transport transport = new HttpTransport(options.withEgress(known))) {
      Outcome outcome = TransportFixture.send(transport, request);
      assertThat(outcome.isSuccess()).as(outcome.detail()).isTrue();
      assertThat(Objects.requireNonNull(outcome.timing()).tls()).isNotNull();
    }
    Egress foreign = Egress.proxy("main", "https://bad.example.com:" + proxy.port());
    foreign = foreign.withTrustedCa(Certificate.GOOD.authorityPem());
    try (Transport transport = new HttpTransport(options.withEgress(foreign))) {
      assertThat(detail(TransportFixture.send(transport, request))).contains("the proxy failed: ");
    }
  }

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
  void tellsWhatAConnectProxyDidWrong(String reply, String reason) {
    String text = reply.strip().replace("\\r", "\r").replace("\\n", "\n");
    ScriptedProxy proxy = proxy(ScriptedProxy.answering(text));
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
        "05ff | demands credentials, and the egress has none",
        "0502 | demands credentials, and the egress has none",
        "0400 | does not speak SOCKS 5",
        "4854 | does not speak SOCKS 5",
        "0500 05010001 | refused with code 1: general failure",
        "0500 05020001000000000000 | refused with code 2: its rules do not allow the connection",
        "0500 0505 | refused with code 5: the receiver's host refused the connection",
        "0500 05ff | refused with code 255: unknown",
        "0500 05000009000000000000 | does not speak SOCKS 5",
        "0500 04000001000000000000 | does not speak SOCKS 5",
      })
  void tellsWhatASocksProxyDidWrong(String replies, String reason) {
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
  void aProxyThatClosesIsToldApartFromAReceiverThatDoes(String scheme) {
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
  void aReceiverThatSpeaksFirstIsNotTakenForTheProxy() {
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
  void aReceiverThatClosesBehindTheProxyIsToBlame() {
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
    ScriptedProxy full = proxy(ScriptedProxy.answering("HTTP/1.1 503 Full\r\n\r\n"));
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

  @Test
  void theProxyItselfMayBeWhereNoReceiverMay() {
    ScriptedProxy proxy = proxy(ScriptedProxy.answering("HTTP/1.1 403 No\r\n\r\n"));
    TransportSetup strict =
        TransportSetup.loopback()
            .withPolicy(OutboundPolicy.strict())
            .withNames(host -> List.of(TransportSetup.address("93.184.216.34")));
    Transport transport =
        opened(
            new HttpTransport(
                HttpTransportTest.options(strict)
                    .withEgress(Egress.proxy("main", proxy.url("http")))));
    SignedRequest request =
        TransportFixture.request("https://a.example.com/", TransportFixture.AMPLE);
    assertThat(detail(TransportFixture.send(transport, request.leavingBy("main"))))
        .contains("responded with 403 to CONNECT");
    assertThat(proxy.asked().get(0))
        .isEqualTo("CONNECT 93.184.216.34:443 HTTP/1.1\r\nHost: 93.184.216.34:443\r\n\r\n");
  }

  @Test
  void refusesDefinitionsThatCannotWork() {
    wrong("proxy: must be one or two URLs (got 0)", () -> Egress.proxy("a"));
    for (String url :
        List.of("", "proxy:3128", "http://proxy", "ftp://p:1", "http://p:1/x", "a b")) {
      wrong("proxy: must be the URL of a proxy", () -> Egress.proxy("a", url));
    }
    wrong("proxy: must have a port from 1", () -> Egress.proxy("a", "http://p:70000"));
    wrong("proxy: must not hold a user name", () -> Egress.proxy("a", "http://u:s3cret@p:1"));
    wrong("sourceAddress: must be an IP address", () -> Egress.from("a", "localhost"));
    wrong("name: must be a text that matches", () -> Egress.direct("a b"));
    wrong("user: needs a proxy", () -> Egress.direct("a").withCredentials("u", "p"));
    Egress plain = Egress.proxy("a", "http://p:1");
    wrong("user: must have 1 to 255 bytes", () -> plain.withCredentials("a:b", "p"));
    wrong("password: must have 1 to 255 bytes", () -> plain.withCredentials("u", "ü".repeat(128)));
    wrong("password: must have 1 to 255 bytes", () -> plain.withCredentials("u", "a\r\nb"));
    wrong("trustedCa: needs a proxy with https", () -> plain.withTrustedCa("x"));
    Egress secure = Egress.proxy("a", "https://p:1");
    wrong("trustedCa: ", () -> secure.withTrustedCa("no PEM"));
    HttpTransportOptions options =
        HttpTransportOptions.of(OutboundPolicy.strict()).withEgress(plain);
    wrong("egress: must have unique names", () -> options.withEgress(secure));
    wrong("egress: must be the name of an egress", () -> options.withDefaultEgress("b"));
    assertThat(plain.withCredentials("u", "s3cret").toString()).isEqualTo("a[http://p:1]");
  }

  private static void wrong(String message, Runnable definition) {
    assertThatThrownBy(definition::run)
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("s3cret");
  }
}
