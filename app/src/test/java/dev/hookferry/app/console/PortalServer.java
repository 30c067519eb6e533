package dev.hookferry.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.audit.Actor;
import dev.hookferry.catalog.EventTypeSpec;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.ConsoleOptions;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A server whose portal is on, with endpoints that are awkward on purpose. */
final class PortalServer implements AutoCloseable {
  static final NewPortalLink EVERYTHING =
      NewPortalLink.of("c-17").name("Ada").can(EnumSet.allOf(PortalCapability.class));

  private static final String LONG =
      "https://hooks.a-rather-long-subdomain.customer.example/"
          + "in/0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz";
  private static final String FAILING = "https://billing.example/hooks";

  final ScriptedTransport transport = new ScriptedTransport();
  final Hookferry hookferry;
  private final HttpServer server;
  private final Portal portal;

  /** Starts the server with these options. */
  PortalServer(UnaryOperator<HttpServerOptions> options) {
    InstantSource clock = InstantSource.system();
    MetricsListener metrics = new MetricsListener();
    Activity activity = new Activity();
    hookferry =
        Hookferry.builder(new MemoryStore(clock, Duration.ofHours(1)), transport)
            .listener(metrics)
            .addListener(activity)
            .secrets(Secrets.inTheClear())
            .build()
            .start();
    portal = Portal.of(hookferry, clock);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Console console =
        new Console(
            hookferry,
            new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerInfo.NONE));
    server =
        HttpServer.start(hookferry, metrics, console, options.apply(HttpServerOptions.on(any)));
  }

  int port() {
    return server.address().getPort();
  }

  void settings(Map<String, Object> portalSettings) {
    var unused =
        hookferry
            .webhooks()
            .settings()
            .changeByName(SiteId.DEFAULT, Map.of("portal", portalSettings, "webHookMaxRetries", 0));
  }

  /** Returns the path of a new link. */
  String link(NewPortalLink asked) {
    return "/portal/" + portal.link(SiteId.DEFAULT, asked, Actor.PROGRAM).code();
  }

  /** Ends the sessions of a user. */
  int endSessions(String subject) {
    return portal.endAll(SiteId.DEFAULT, subject, Actor.PROGRAM);
  }

  /** Adds two endpoints and an event type, and publishes events of which half do not arrive. */
  void fill() {
    transport.responding(FAILING, 401);
    Endpoint unused = endpoint(EndpointSpec.to(LONG).types("*"));
    unused =
        endpoint(EndpointSpec.to(FAILING).types("license_*").description("Billing <i>عميل</i>"));
    EventTypeSpec spec =
        EventTypeSpec.of("An order was paid.").example("{\"order\":{\"id\":1129}}");
    var unusedType =
        hookferry.webhooks().eventTypes().put(SiteId.DEFAULT, new EventType("order.paid"), spec);
    for (int i = 0; i < 5; i++) {
      NewEvent event = NewEvent.of("license_created", "{\"Key\":\"KELP7-" + i + "\"}");
      var unusedReceipt = hookferry.webhooks().publish(SiteId.DEFAULT, event).join();
    }
    Poll.until(() -> deliveries().stream().allMatch(one -> one.state().isFinal()));
    assertThat(deliveries()).hasSize(10);
  }

  void publish(String type) {
    var unused = hookferry.webhooks().publish(SiteId.DEFAULT, NewEvent.of(type, "{}")).join();
  }

  /** Returns whether there are this many deliveries, and all have ended. */
  boolean haveEnded(int count) {
    List<Delivery> all = deliveries();
    return all.size() == count && all.stream().allMatch(one -> one.state().isFinal());
  }

  private Endpoint endpoint(EndpointSpec asked) {
    return hookferry.webhooks().endpoints().create(SiteId.DEFAULT, asked).endpoint();
  }

  /** Adds an endpoint for orders. */
  EndpointId add(String url) {
    return endpoint(EndpointSpec.to(url).types("order.paid")).id();
  }

  /** Adds an endpoint that is gone, and waits until it is disabled. */
  EndpointId gone(String url) {
    transport.responding(url, 410);
    EndpointId id = add(url);
    var unused =
        hookferry.webhooks().publish(SiteId.DEFAULT, NewEvent.of("order.paid", "{}")).join();
    Poll.until(() -> !hookferry.webhooks().endpoints().get(SiteId.DEFAULT, id).enabled());
    return id;
  }

  void remove(EndpointId id) {
    hookferry.webhooks().endpoints().remove(SiteId.DEFAULT, id);
  }

  List<Delivery> deliveries() {
    return hookferry.webhooks().deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data();
  }

  /** Returns the endpoint that fails. */
  Endpoint failing() {
    return hookferry.webhooks().endpoints().all(SiteId.DEFAULT).stream()
        .filter(one -> one.url().text().equals(FAILING))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the path of every page, by a name; some are of things that failed or are missing. */
  Map<String, String> pages() {
    String endpoint = "/portal/endpoints/" + failing().id();
    String failed =
        deliveries().stream()
            .filter(one -> one.state() == DeliveryState.EXHAUSTED)
            .findFirst()
            .orElseThrow()
            .id()
            .toString();
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("home", "/portal/?note=saved");
    pages.put("deliveries", "/portal/deliveries");
    pages.put("deliveries-wrong", "/portal/deliveries?code=abc");
    pages.put("deliveries-of", "/portal/deliveries?since=2026-04-28T10:00&until=2099-04-28T10:00");
    pages.put("delivery", "/portal/deliveries/" + failed);
    pages.put("retry", "/portal/deliveries/retry?range=24h");
    pages.put("endpoint", endpoint);
    pages.put("endpoint-edit", endpoint + "/edit");
    pages.put("endpoint-new", "/portal/endpoints/new");
    pages.put("endpoint-remove", endpoint + "/remove");
    pages.put("verify", "/portal/deliveries/" + failed + "/verify");
    pages.put("signature", "/portal/signature");
    pages.put("event-types", "/portal/event-types");
    pages.put("event-type", "/portal/event-types/order.paid");
    pages.put("not-found", "/portal/none");
    return pages;
  }

  @Override
  public void close() {
    hookferry.close();
    server.close();
  }
}
