package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.file.FileStore;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hookferry inside another product, as the manual shows it. */
class EmbeddingExampleTest {
  @TempDir Path folder;

  @Test
  void anEventReachesItsReceiver() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          received.complete(new String(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
      OutboundPolicy policy =
          OutboundPolicy.strict()
              .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
              .allowingHttp();
      embed(folder, policy, url, received);
      assertThat(received.join()).contains("\"LicenseInfo\":{\"ActivationKey\":\"HF4T0-D0500\"}");
    } finally {
      receiver.stop(0);
    }
  }

  private static void embed(
      Path folder, OutboundPolicy policy, String url, CompletableFuture<String> received)
      throws Exception {
    // tag::embed
    Store store = FileStore.open(folder.resolve("webhooks"), InstantSource.system());
    Transport transport = new HttpTransport(HttpTransportOptions.of(policy));
    try (Hookferry hookferry =
        Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.endpoints().create(SiteId.DEFAULT, EndpointSpec.to(url).types("license_*"));

      NewEvent event = NewEvent.of("license_created", "{\"ActivationKey\":\"HF4T0-D0500\"}");
      Receipt receipt = webhooks.publish(SiteId.DEFAULT, event).join();

      System.out.println(receipt.id() + " goes to " + receipt.deliveries() + " endpoint(s)");
      received.join();
    }
    // end::embed
  }

  @Test
  void aFileStoreIsOpenedByItsDirectory() {
    // tag::file
    Store store = FileStore.open(folder.resolve("hookferry-data"), InstantSource.system());
    // end::file
    assertThat(folder.resolve("hookferry-data")).isDirectory();
    store.close();
  }

  @Test
  void theTablesCanHaveASchemaOfTheirOwn() {
    String password = "s3cr3t";
    // tag::schema
    JdbcStoreOptions options =
        JdbcStoreOptions.of("jdbc:postgresql://db/app")
            .withUser("app", password)
            .withSchema("hookferry");
    // end::schema
    assertThat(options).hasToString("jdbc:postgresql://db/app hookferry.hookferry_*");
  }
}
