package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Timing;
import dev.hookferry.observe.EgressState;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that leave through proxies or from a local address. */
class EgressTest extends EgressFixture {
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
    assertThat(detail(send(transport))).isEqualTo("egress main: not defined on this node");
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
  void missingLocalAddressIsNotTheReceiversFault() {
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

  @Test
  void proxyMayHaveAnAddressForbiddenToReceivers() {
    ScriptedProxy proxy = proxy(ScriptedProxy.responding("HTTP/1.1 403 No\r\n\r\n"));
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
    wrong("proxy: must not contain a user name", () -> Egress.proxy("a", "http://u:s3cret@p:1"));
    wrong("sourceAddress: must be an IP address", () -> Egress.from("a", "localhost"));
    wrong("name: must be a string that matches", () -> Egress.direct("a b"));
    wrong("user: needs a proxy", () -> Egress.direct("a").withCredentials("u", "p"));
    Egress plain = Egress.proxy("a", "http://p:1");
    wrong("user: must be 1 to 255 bytes", () -> plain.withCredentials("a:b", "p"));
    wrong("password: must be 1 to 255 bytes", () -> plain.withCredentials("u", "ü".repeat(128)));
    wrong("password: must be 1 to 255 bytes", () -> plain.withCredentials("u", "a\r\nb"));
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
