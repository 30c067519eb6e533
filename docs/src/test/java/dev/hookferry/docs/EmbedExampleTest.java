package dev.hookferry.docs;

import static dev.hookferry.signing.SignatureVerifier.Finding.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.Receipt;
import dev.hookferry.file.FileStore;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short example of the README, and a receiver that verifies. */
class EmbedExampleTest {
  @TempDir private Path folder;

  private final OutboundPolicy local =
      OutboundPolicy.strict()
          .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
          .allowingHttp();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
  }

  @Test
  void theShortExampleDeliversItsEvent() {
    CompletableFuture<String> received = new CompletableFuture<>();
    server.createContext(
        "/hooks",
        exchange -> {
          received.complete(new String(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    String url = url();
    // tag::short
    OutboundPolicy policy =
        OutboundPolicy.strict()
            .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
            .allowingHttp();
    Store store = FileStore.open(folder, InstantSource.system());
    Transport transport = new HttpTransport(HttpTransportOptions.of(policy));
    Hookferry hookferry =
        Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start();

    Webhooks webhooks = hookferry.webhooks();
    EventTypeSpec orderCreated = EventTypeSpec.of("An order was placed.");
    webhooks.eventTypes().put(SiteId.DEFAULT, new EventType("order.created"), orderCreated);
    webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(url).types("order.*"));

    NewEvent event = NewEvent.of("order.created", "{\"Number\":\"4711\"}");
    Receipt receipt = webhooks.publish(SiteId.DEFAULT, event).join();
    // end::short
    try (hookferry) {
      assertThat(receipt.deliveries()).isEqualTo(1);
      Poll.until(received::isDone);
    }
    assertThat(received.join()).contains("\"Data\":{\"Number\":\"4711\"}");
  }

  @Test
  void receiverAcceptsOnlySignedRequests() throws Exception {
    Store store = FileStore.open(folder, InstantSource.system());
    Transport transport = new HttpTransport(HttpTransportOptions.of(local));
    try (Hookferry hookferry =
        Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start()) {
      Webhooks webhooks = hookferry.webhooks();
      var created =
          webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(url()).types("license_*"));
      String secret = created.secret().forReceiver();
      // tag::receiver
      SignatureVerifier verifier =
          new SignatureVerifier(InstantSource.system(), Duration.ofMinutes(5));
      server.createContext(
          "/hooks",
          exchange -> {
            Payload body = Payload.wrap(exchange.getRequestBody().readAllBytes());
            Map<String, String> headers = new HashMap<>();
            exchange
                .getRequestHeaders()
                .forEach((name, values) -> headers.put(name, values.get(0)));
            boolean valid = verifier.standard(body, headers, StandardSecret.parse(secret)) == VALID;
            exchange.sendResponseHeaders(valid ? 204 : 401, -1);
            exchange.close();
          });
      // end::receiver
      var attempt = webhooks.endpoints().test(SiteId.DEFAULT, created.endpoint().id()).join();
      assertThat(attempt.outcome().isSuccess()).isTrue();
      HttpRequest forged =
          HttpRequest.newBuilder(URI.create(url()))
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(HttpClient.newHttpClient().send(forged, BodyHandlers.discarding()).statusCode())
          .isEqualTo(401);
    }
  }
}
