package dev.hookferry.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.config.HttpTargets;
import dev.hookferry.app.config.OutboundConfig;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of connections reach the client. */
final class OutboundModuleTest {
  @ParameterizedTest
  @CsvSource({"1, 100", "100, 1"})
  void concurrentRequestsShareTheAllowedConnections(int connections, int perHost) throws Exception {
    Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          clients.add(exchange.getRemoteAddress());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try (Transport transport = new OutboundModule().transport(config(connections, perHost))) {
      TargetUrl url = TargetUrl.parse("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
      List<CompletableFuture<Outcome>> outcomes =
          Stream.generate(() -> sent(transport, url)).limit(4).toList();

      assertThat(outcomes).allSatisfy(one -> assertThat(one.join().isSuccess()).isTrue());
      assertThat(clients).hasSize(1);
    } finally {
      receiver.stop(0);
    }
  }

  private static CompletableFuture<Outcome> sent(Transport transport, TargetUrl url) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    SignedRequest request =
        new SignedRequest(url, List.of(), Payload.of("{}"), Duration.ofSeconds(30));
    transport.send(request, outcome::complete);
    return outcome;
  }

  private static OutboundConfig config(int connections, int perHost) {
    return new OutboundConfig(
        List.of(Network.parse("127.0.0.0/8")),
        new HttpTargets(true, List.of()),
        List.of(),
        true,
        connections,
        perHost,
        List.of(),
        "");
  }
}
