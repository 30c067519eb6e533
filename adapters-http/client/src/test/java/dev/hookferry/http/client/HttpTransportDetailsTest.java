package dev.hookferry.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.transport.ContractReceiver;
import dev.hookferry.contract.transport.TransportFixture;
import dev.hookferry.contract.transport.TransportSetup;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Tests of this transport beyond the contract. */
class HttpTransportDetailsTest {
  private static final InetAddress PUBLIC = TransportSetup.address("93.184.216.34");

  @Test
  void refusesAnAddressOfThisMachine() {
    OutboundPolicy policy = OutboundPolicy.strict().refusingOwn(() -> Set.of(PUBLIC));
    HttpTransportOptions options =
        HttpTransportOptions.of(policy).withResolver(host -> List.of(PUBLIC));
    try (HttpTransport transport = new HttpTransport(options)) {
      Outcome outcome = TransportFixture.send(transport, "https://a.example.com/");

      assertThat(outcome.kind()).isEqualTo(OutcomeKind.BLOCKED_ADDRESS);
      assertThat(outcome.detail())
          .startsWith("not sent: the URL must not lead to ")
          .contains("an address of this machine")
          .doesNotContain("93.184");
    }
  }

  @Test
  void listsTheAddressesOfThisMachine() {
    assertThat(new LocalAddresses().get()).contains(TransportSetup.address("127.0.0.1"));
  }

  @Test
  void judgesATargetForARegistration() {
    NameResolver names =
        host -> {
          switch (host) {
            case "fine.example.com":
              return List.of(PUBLIC);
            case "bad.example.com":
              return List.of(PUBLIC, TransportSetup.address("fd00::5"));
            case "broken.example.com":
              throw new IOException("no answer");
            default:
              throw new UnknownHostException(host);
          }
        };
    try (HttpTransport transport =
        new HttpTransport(HttpTransportOptions.of(OutboundPolicy.strict()).withResolver(names))) {
      assertThat(judge(transport, "https://fine.example.com/")).isTrue();
      assertThat(judge(transport, "https://93.184.216.34/")).isTrue();
      assertThat(judge(transport, "https://unknown.example.com/")).isFalse();
      assertThat(judge(transport, "https://broken.example.com/")).isFalse();
      for (String url : List.of("https://bad.example.com/", "https://10.0.0.1/", "http://a.b/")) {
        assertThatThrownBy(() -> judge(transport, url))
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(InvalidException.class);
      }
    }
  }

  private static boolean judge(HttpTransport transport, String url) {
    return transport.judge(TargetUrl.parse(url), false).toCompletableFuture().join();
  }

  @Test
  void keepsItsLimitsAndGivesEveryRouteItsTurn() throws Exception {
    List<ContractReceiver> receivers = new ArrayList<>();
    try (HttpTransport transport =
        new HttpTransport(
            HttpTransportTest.options(TransportSetup.loopback())
                .withMaxConnections(3)
                .withMaxConnectionsPerHost(2))) {
      for (int i = 0; i < 8; i++) {
        receivers.add(ContractReceiver.of(ContractReceiver.status(200)));
      }
      for (int round = 0; round < 3; round++) {
        List<CompletableFuture<Outcome>> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          String url = receivers.get(i % 8).url("/");
          sent.add(
              TransportFixture.start(
                  transport, TransportFixture.request(url, TransportFixture.AMPLE)));
        }
        for (CompletableFuture<Outcome> one : sent) {
          assertThat(TransportFixture.outcome(one, TransportFixture.AMPLE).isSuccess()).isTrue();
        }
      }
      int open = receivers.stream().mapToInt(ContractReceiver::open).sum();
      assertThat(open).isLessThanOrEqualTo(8);
      Poll.until(() -> receivers.stream().mapToInt(ContractReceiver::open).sum() <= 3);
    } finally {
      for (ContractReceiver receiver : receivers) {
        receiver.close();
      }
    }
  }

  @Test
  void refusesMoreThanItCanHold() throws Exception {
    try (ContractReceiver receiver =
            ContractReceiver.of(
                peer -> {
                  peer.read();
                  peer.awaitEnd();
                });
        HttpTransport transport =
            new HttpTransport(
                HttpTransportTest.options(TransportSetup.loopback()).withMaxConnections(2))) {
      List<CompletableFuture<Outcome>> sent = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        sent.add(
            TransportFixture.start(
                transport, TransportFixture.request(receiver.url("/"), TransportFixture.AMPLE)));
      }
      Outcome ninth = TransportFixture.send(transport, receiver.url("/"));

      assertThat(ninth.kind()).isEqualTo(OutcomeKind.INTERNAL_ERROR);
      assertThat(sent).isNotEmpty().noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void closesAConnectionBeforeTheReceiverDoes() throws Exception {
    String answer = "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2, max=9\r\nContent-Length: 0\r\n\r\n";
    try (ContractReceiver receiver = ContractReceiver.of(ContractReceiver.responding(answer));
        HttpTransport transport =
            new HttpTransport(HttpTransportTest.options(TransportSetup.loopback()))) {
      TransportFixture.send(transport, receiver.url("/"));
      assertThat(receiver.open()).isEqualTo(1);

      Poll.until(() -> receiver.open() == 0);
    }
  }

  @Test
  void defaultsAreWhatTheManualSays() {
    HttpTransportOptions options = HttpTransportOptions.of(OutboundPolicy.strict());

    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.maxConnections()).isEqualTo(4_000);
    assertThat(options.maxConnectionsPerHost()).isEqualTo(4_000);
    assertThat(options.tls()).isNull();
    assertThat(options.resolver()).isNull();
    assertThatThrownBy(() -> options.withConnectTimeout(Duration.ofSeconds(6)))
        .hasMessage("connectTimeout: must be from 1 millisecond to 5 seconds");
    assertThat(options.withMaxConnections(7).maxConnectionsPerHost()).isEqualTo(7);
    assertThatThrownBy(() -> options.withMaxConnections(0))
        .hasMessage("maxConnections: must be at least 1");
    assertThatThrownBy(() -> options.withMaxConnectionsPerHost(0))
        .hasMessage("maxConnectionsPerHost: must be at least 1");
  }
}
