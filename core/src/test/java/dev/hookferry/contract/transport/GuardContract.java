package dev.hookferry.contract.transport;

import static dev.hookferry.contract.transport.TransportSetup.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Certificate;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is ever sent to an address that the outbound policy did not check. */
public interface GuardContract extends TransportFixture {
  private static void isBlocked(Outcome outcome, String code) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(OutcomeKind.BLOCKED_ADDRESS);
    assertThat(outcome.detail()).contains("(" + code + ")");
  }

  /** A receiver that must not be reached, with a transport that the operator opened little to. */
  private Outcome underPolicy(OutboundPolicy policy, String scheme, String host) throws Exception {
    try (ContractReceiver canary = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback().withPolicy(policy))) {
      Outcome outcome = TransportFixture.send(transport, canary.url(scheme, host));
      assertThat(canary.connections()).isZero();
      return outcome;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https, 127.0.0.1, url_address",
    "https, [::1], url_address",
    "https, [::ffff:127.0.0.1], url_address",
    "https, localhost, url_host",
    "https, intranet, url_host",
    "https, rebound.example.com, url_address",
    "http, rebound.example.com, url_scheme",
  })
  default void refusesWhatThePolicyRefuses(String scheme, String host, String code)
      throws Exception {
    isBlocked(underPolicy(OutboundPolicy.strict(), scheme, host), code);
  }

  @Test
  default void exposesItsPolicy() throws Exception {
    OutboundPolicy policy = OutboundPolicy.strict().withoutInternet();
    TargetUrl open = TargetUrl.parse("https://127.0.0.1/");

    try (Transport closed = transport(TransportSetup.loopback().withPolicy(policy));
        Transport loopback = transport(TransportSetup.loopback())) {
      assertThat(closed.policy().allowsNothing()).isTrue();
      assertThatThrownBy(() -> closed.policy().check(open)).isInstanceOf(InvalidException.class);
      assertThat(loopback.policy().allowsNothing()).isFalse();
      assertThatCode(() -> loopback.policy().check(open)).doesNotThrowAnyException();
    }
  }

  @Test
  default void refusesPlainHttpToAnAddressThatRequiresTls() throws Exception {
    OutboundPolicy policy =
        OutboundPolicy.strict()
            .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
            .allowingHttpTo(List.of("127.0.0.2/32"));

    isBlocked(underPolicy(policy, "http", "name.example.com"), "url_scheme");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1 127.0.0.1",
        "127.0.0.1 127.0.0.2 127.0.0.3 10.0.0.1",
        "127.0.0.1 ::ffff:10.0.0.1",
        "127.0.0.1 ::127.0.0.1",
        "127.0.0.1 64:ff9b::7f00:1",
        "127.0.0.1 64:ff9b:1::7f00:1",
        "127.0.0.1 2002:7f00:1::",
        "127.0.0.1 2001:0:7f00:1::",
        "127.0.0.1 fe80::1%1",
        "127.0.0.1 fd00:ec2::254",
        "127.0.0.1 0.0.0.0",
        "127.0.0.1 ::",
        "127.0.0.1 169.254.169.254",
        "127.0.0.1 100.64.0.1",
        "127.0.0.1 224.0.0.1",
        "127.0.0.1 255.255.255.255",
        "127.0.0.1 168.63.129.16",
        "127.0.0.1 2600::5efe:7f00:1"
      })
  default void refusesANameThatResolvesToAnInternalAddress(String addresses) throws Exception {
    List<InetAddress> answer =
        Stream.of(addresses.split(" ", -1)).map(TransportSetup::address).toList();
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback().withNames(host -> answer))) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("http", "a.example.com"));

      isBlocked(outcome, "url_address");
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  default void refusesANameWithOneForbiddenAddress() throws Exception {
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport =
            transport(
                TransportSetup.loopback()
                    .withNames(host -> List.of(address("127.0.0.1"), address("::1"))))) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("http", "a.example.com"));

      isBlocked(outcome, "url_address");
      assertThat(receiver.connections()).isZero();
    }
  }

  @Test
  default void limitsTheAddressesOfOneName() throws Exception {
    List<InetAddress> flood =
        IntStream.range(0, 5_000).mapToObj(i -> address("127.0.0.1")).toList();
    List<InetAddress> late = new ArrayList<>(flood);
    late.set(4_999, address("10.0.0.1"));
    List<InetAddress> early = new ArrayList<>(flood);
    early.set(15, address("10.0.0.1"));
    Map<String, List<InetAddress>> names =
        Map.of("late.example.com", late, "early.example.com", early);
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback().withNames(names::get))) {
      assertThat(
              TransportFixture.send(transport, receiver.url("http", "late.example.com"))
                  .isSuccess())
          .isTrue();
      isBlocked(
          TransportFixture.send(transport, receiver.url("http", "early.example.com")),
          "url_address");
    }
  }

  @Test
  default void checksTheAddressOfEveryConnection() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ContractReceiver receiver =
            ContractReceiver.of(
                ContractReceiver.responding(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
        Transport transport =
            transport(
                TransportSetup.loopback()
                    .withNames(
                        host ->
                            List.of(
                                address(
                                    asked.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.1"))))) {
      String url = receiver.url("http", "rebound.example.com");
      assertThat(TransportFixture.send(transport, url).isSuccess()).isTrue();
      isBlocked(TransportFixture.send(transport, url), "url_address");

      assertThat(asked).hasValue(2);
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http, 127.0.0.1, url_scheme",
    "https, 127.0.0.1, url_address",
    "https, localhost, url_host",
    "https, rebound.example.com, url_address"
  })
  default void appliesNoExceptionToAStrictRequest(String scheme, String host, String code)
      throws Exception {
    try (ContractReceiver canary = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback())) {
      SignedRequest request = TransportFixture.request(canary.url(scheme, host), AMPLE);
      isBlocked(TransportFixture.send(transport, request.strictly()), code);
      assertThat(canary.connections()).isZero();
      assertThat(transport.judge(request.url(), true).toCompletableFuture())
          .failsWithin(AMPLE)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(InvalidException.class);
      assertThat(transport.judge(request.url(), false).toCompletableFuture())
          .succeedsWithin(AMPLE)
          .isEqualTo(true);
    }
  }

  @Test
  default void checksAStrictRequestAtEveryAnswerOfTheNameServer() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ContractReceiver canary = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport =
            transport(
                TransportSetup.loopback()
                    .withNames(
                        host ->
                            List.of(
                                address(
                                    asked.getAndIncrement() == 0
                                        ? "93.184.216.34"
                                        : "127.0.0.1"))))) {
      String url = canary.url("https", "customer.example.com");
      SignedRequest request = TransportFixture.request(url, AMPLE).strictly();
      assertThat(transport.judge(request.url(), true).toCompletableFuture().join()).isTrue();
      isBlocked(TransportFixture.send(transport, request), "url_address");
      assertThat(asked).hasValue(2);
      assertThat(canary.connections()).isZero();
    }
  }

  @Test
  default void aStrictRequestTakesNoConnectionOpenedUnderAnException() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.withTls(Certificate.GOOD.context(), ContractReceiver.status(200));
        Transport transport =
            transport(TransportSetup.loopback().withTls(Certificate.GOOD.trusting()))) {
      String url = receiver.url("https", "good.example.com");
      SignedRequest request = TransportFixture.request(url, AMPLE);
      assertThat(TransportFixture.send(transport, request).isSuccess()).isTrue();
      isBlocked(TransportFixture.send(transport, request.strictly()), "url_address");
      assertThat(TransportFixture.send(transport, request).isSuccess()).isTrue();
      assertThat(receiver.requests()).hasSize(2);
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  default void connectsToTheCheckedAddressAndSendsTheName() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ContractReceiver judged =
            ContractReceiver.on("127.0.0.2", 0, ContractReceiver.status(200));
        ContractReceiver other =
            ContractReceiver.on("127.0.0.1", judged.port(), ContractReceiver.status(200));
        Transport transport =
            transport(
                TransportSetup.loopback()
                    .withNames(
                        host -> {
                          asked.incrementAndGet();
                          return List.of(address("127.0.0.2"));
                        }))) {
      String url = judged.url("http", "Crm.Example.com.");
      for (int i = 0; i < 3; i++) {
        assertThat(TransportFixture.send(transport, url).isSuccess()).isTrue();
      }

      assertThat(judged.requests()).hasSize(3);
      assertThat(judged.requests().get(0).header("Host"))
          .isEqualTo("crm.example.com:" + judged.port());
      assertThat(judged.connections()).isEqualTo(1);
      assertThat(other.connections()).isZero();
      // Once per connection, not per request.
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  default void triesTheNextAddressWhenOneRefusesTheConnection() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.on("127.0.0.2", 0, ContractReceiver.status(200));
        Transport transport =
            transport(
                TransportSetup.loopback()
                    .withNames(host -> List.of(address("127.0.0.3"), address("127.0.0.2"))))) {
      Outcome outcome = TransportFixture.send(transport, receiver.url("http", "a.example.com"));

      assertThat(outcome.isSuccess()).isTrue();
    }
  }

  @Test
  default void distinguishesAnUnknownNameFromAFailingResolver() throws Exception {
    try (Transport transport =
        transport(
            TransportSetup.loopback()
                .withNames(
                    host -> {
                      if (host.startsWith("unknown")) {
                        throw new UnknownHostException(host);
                      }
                      if (host.startsWith("empty")) {
                        return List.of();
                      }
                      if (host.startsWith("broken")) {
                        throw new StackOverflowError("of the resolver");
                      }
                      throw new IOException("no answer from the resolver");
                    }))) {
      assertThat(TransportFixture.send(transport, "http://unknown.example.com/").kind())
          .isEqualTo(OutcomeKind.DNS_ERROR);
      assertThat(TransportFixture.send(transport, "http://empty.example.com/").kind())
          .isEqualTo(OutcomeKind.DNS_ERROR);
      for (int i = 0; i < 2; i++) {
        assertThat(TransportFixture.send(transport, "http://broken.example.com/").kind())
            .isEqualTo(OutcomeKind.RESOLVER_ERROR);
      }
      Outcome ours = TransportFixture.send(transport, "http://failing.example.com/");
      assertThat(ours.kind()).isEqualTo(OutcomeKind.RESOLVER_ERROR);
      assertThat(ours.kind().countsAsAttempt()).isFalse();
    }
  }

  @Test
  default void aSlowLookupDelaysNoOther() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport =
            transport(
                TransportSetup.loopback()
                    .withNames(
                        host -> {
                          if (host.startsWith("slow")) {
                            awaitQuietly(over);
                          }
                          return List.of(address("127.0.0.1"));
                        }))) {
      SignedRequest slow =
          TransportFixture.request(receiver.url("http", "slow.example.com"), AMPLE);
      List<CompletableFuture<Outcome>> stuck = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        stuck.add(TransportFixture.start(transport, slow));
      }
      for (int i = 0; i < 50; i++) {
        String name = "healthy" + i + ".example.com";
        Outcome outcome = TransportFixture.send(transport, receiver.url("http", name));
        assertThat(outcome.isSuccess()).isTrue();
      }
      String hasty = receiver.url("http", "slow-too.example.com");
      assertThat(
              TransportFixture.send(transport, TransportFixture.request(hasty, SHORT)).isSuccess())
          .isFalse();
      assertThat(stuck).noneMatch(CompletableFuture::isDone);
      over.countDown();
      for (CompletableFuture<Outcome> one : stuck) {
        assertThat(TransportFixture.outcome(one, AMPLE).isSuccess()).isTrue();
      }
    } finally {
      over.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  default void usesNoProxy() throws Exception {
    Properties before = (Properties) System.getProperties().clone();
    try (ContractReceiver proxy = ContractReceiver.of(ContractReceiver.status(200));
        ContractReceiver receiver = ContractReceiver.of(ContractReceiver.status(200));
        Transport transport = transport(TransportSetup.loopback())) {
      for (String kind : List.of("http.proxy", "https.proxy", "socksProxy", "socks.proxy")) {
        System.setProperty(kind + "Host", "127.0.0.1");
        System.setProperty(kind + "Port", Integer.toString(proxy.port()));
      }
      System.setProperty("http.nonProxyHosts", "");
      System.setProperty("java.net.useSystemProxies", "true");

      Outcome outcome = TransportFixture.send(transport, receiver.url("http", "a.example.com"));

      assertThat(outcome.isSuccess()).isTrue();
      assertThat(proxy.connections()).isZero();
    } finally {
      System.setProperties(before);
    }
  }
}
