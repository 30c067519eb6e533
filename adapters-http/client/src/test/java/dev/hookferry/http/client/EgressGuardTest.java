package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.AttackCase;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy is never asked for an address that the guard refuses, nor for any name. */
class EgressGuardTest {
  private static final Map<String, List<String>> NAMES =
      Map.of(
          "rebound.example.com", List.of("127.0.0.1"),
          "rebound6.example.com", List.of("::1"),
          "mixed.example.com", List.of("93.184.216.34", "10.0.0.1"),
          "mixed6.example.com", List.of("93.184.216.34", "fd00::5"),
          "nat64.example.com", List.of("64:ff9b::a9fe:a9fe"),
          "metadata.example.com", List.of("169.254.169.254"),
          "127.0.0.1.nip.io", List.of("127.0.0.1"),
          "localtest.me", List.of("127.0.0.1"),
          "v6only.example.net", List.of("fd00::5"));

  private static final String REFUSAL = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";

  private static Stream<String> forbidden() {
    return Stream.of(
            AttackCase.ofKind("ssrf-ip")
                .filter(attack -> attack.expected().equals("DENY_ADDRESS"))
                .map(
                    attack ->
                        attack.input().contains(":") ? "[" + attack.input() + "]" : attack.input())
                .flatMap(host -> Stream.of("https://" + host + "/", "http://" + host + ":8080/")),
            AttackCase.ofKind("ssrf-url")
                .filter(attack -> attack.expected().matches("DENY_(ADDRESS|HOST|PORT)"))
                .map(AttackCase::input),
            NAMES.keySet().stream().map(name -> "https://" + name + "/"))
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void noAttackReachesAProxy(String scheme) throws Exception {
    TransportSetup setup =
        TransportSetup.loopback()
            .withPolicy(OutboundPolicy.strict().allowingHttp())
            .withNames(
                host ->
                    NAMES.getOrDefault(host, List.of("127.0.0.1")).stream()
                        .map(TransportSetup::address)
                        .toList());
    ScriptedProxy.Script script =
        scheme.equals("http") ? ScriptedProxy::connect : ScriptedProxy::socks;
    try (ScriptedProxy proxy = ScriptedProxy.of(script);
        Transport transport =
            new HttpTransport(
                HttpTransportTest.options(setup)
                    .withEgress(Egress.proxy("main", proxy.url(scheme))))) {
      List<Outcome> outcomes =
          forbidden()
              .map(EgressGuardTest::parsed)
              .filter(Objects::nonNull)
              .map(url -> send(transport, url))
              .toList();

      assertThat(outcomes)
          .hasSizeGreaterThan(300)
          .allMatch(outcome -> outcome.kind() == OutcomeKind.BLOCKED_ADDRESS);
      assertThat(proxy.connections()).isZero();
    }
  }

  /** The name leads to the public at first, and into a network of the operator's then. */
  @Test
  void aStrictRequestIsCheckedBeforeTheProxyIsAsked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    TransportSetup setup =
        TransportSetup.loopback()
            .withNames(
                host ->
                    List.of(
                        TransportSetup.address(
                            asked.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1")));
    SignedRequest request =
        TransportFixture.request("https://good.example.com/", TransportFixture.AMPLE)
            .leavingBy("main");
    try (ScriptedProxy proxy = ScriptedProxy.of(ScriptedProxy.responding(REFUSAL));
        Transport transport =
            new HttpTransport(
                HttpTransportTest.options(setup)
                    .withEgress(Egress.proxy("main", proxy.url("http"))))) {
      assertThat(TransportFixture.send(transport, request.strictly()).kind())
          .isEqualTo(OutcomeKind.PROXY_FAILED);
      int before = proxy.connections();
      assertThat(before).isPositive();
      Outcome rebound = TransportFixture.send(transport, request.strictly());
      assertThat(rebound.kind()).isEqualTo(OutcomeKind.BLOCKED_ADDRESS);
      assertThat(rebound.detail()).contains("it comes from a customer");
      assertThat(proxy.connections()).isEqualTo(before);
      assertThat(TransportFixture.send(transport, request).kind())
          .isEqualTo(OutcomeKind.PROXY_FAILED);
      assertThat(proxy.connections()).isGreaterThan(before);
    }
  }

  private static @Nullable TargetUrl parsed(String text) {
    try {
      return TargetUrl.parse(text);
    } catch (InvalidException e) {
      // Refused even earlier.
      return null;
    }
  }

  private static Outcome send(Transport transport, TargetUrl url) {
    return TransportFixture.send(
        transport, TransportFixture.request(url.text(), TransportFixture.AMPLE).leavingBy("main"));
  }
}
