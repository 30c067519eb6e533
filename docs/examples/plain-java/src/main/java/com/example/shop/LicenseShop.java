package com.example.shop;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.Endpoints;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A shop that notifies its customers' systems of new licenses. Argument: its data folder. */
public final class LicenseShop {
  private final Webhooks webhooks;

  public LicenseShop(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /** Registers a customer's endpoint under a name; it receives all license events. */
  public void register(String name, String url) {
    EndpointSpec wanted = EndpointSpec.to(url).types("license_*").uid(name);
    Endpoints endpoints = webhooks.endpoints();
    // Endpoints are stored, so a later start finds this one and does not add another.
    endpoints.all(SiteId.DEFAULT).stream()
        .filter(endpoint -> name.equals(endpoint.uid()))
        .findFirst()
        .ifPresentOrElse(
            endpoint -> endpoints.change(SiteId.DEFAULT, endpoint.id(), wanted),
            () -> endpoints.create(SiteId.DEFAULT, wanted));
  }

  /** Sells a license. The event is durable when this returns; it is delivered in the background. */
  public Receipt sell(String key) {
    NewEvent event = NewEvent.of("license_created", "{\"ActivationKey\":\"" + key + "\"}");
    return webhooks.publish(SiteId.DEFAULT, event).join();
  }

  public static void main(String[] args) throws Exception {
    String url = "jdbc:h2:file:" + Path.of(args[0]).toAbsolutePath().resolve("shop");
    Store store = JdbcStore.open(JdbcStoreOptions.of(url));

    // By default, only public addresses over https are allowed; this receiver is local.
    OutboundPolicy policy =
        OutboundPolicy.strict()
            .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
            .allowingHttp();
    HttpTransport transport = new HttpTransport(HttpTransportOptions.of(policy));

    CountDownLatch received = new CountDownLatch(1);
    HttpServer receiver = receiver(received);
    try (Hookferry hookferry =
        Hookferry.builder(store, transport).secrets(Secrets.inTheClear()).build().start()) {
      LicenseShop shop = new LicenseShop(hookferry.webhooks());
      shop.register("crm", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks");

      Receipt receipt = shop.sell("HF4T0-D0500");

      System.out.println(receipt.id() + " goes to " + receipt.deliveries() + " endpoint(s)");
      received.await();
    } finally {
      receiver.stop(0);
    }
  }

  /** A customer's system, which prints what it gets. */
  private static HttpServer receiver(CountDownLatch received) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer receiver = HttpServer.create(anyPort, 0);
    receiver.createContext(
        "/hooks",
        exchange -> {
          System.out.println("received " + new String(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
          received.countDown();
        });
    receiver.start();
    return receiver;
  }
}
