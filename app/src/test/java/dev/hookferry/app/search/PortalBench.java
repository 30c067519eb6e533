package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.Hookferry;
import dev.hookferry.audit.Actor;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ScriptedTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures every page of the portal in a full store, for customers who have much, little and all of
 * it. Runs when it is asked for by its name, not with the tests, like {@link SearchBench}; {@code
 * -Dbench.endpoints=1000} makes endpoints of 500 customers.
 */
@EnabledIfSystemProperty(
    named = SearchBench.STORE,
    matches = "(file|jdbc):.+",
    disabledReason = "-D" + SearchBench.STORE + " names no store")
final class PortalBench {
  private static final String HOME = "/portal/";
  private static final String LIST = "/portal/deliveries";
  private static final String API = "/api/v1/portal";
  private static final JsonMapper JSON = new JsonMapper();

  private final FullStore full = new FullStore(System.getProperty(SearchBench.STORE, ""));
  private final HttpClient client = HttpClient.newHttpClient();

  /** A visitor, with the labels of the link; none for the whole site. */
  private record Customer(String name, Map<String, String> labels) {
    static Customer at(String name, int rank) {
      return new Customer(name, Map.of("customer", Receivers.customer(rank)));
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void measure() throws Exception {
    full.fillIfEmpty();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    MetricsListener metrics = new MetricsListener();
    int last = full.receivers().all().size() * 4 / 5 - 1;
    try (Store store = full.open();
        Hookferry hookferry =
            Hookferry.builder(store, new ScriptedTransport())
                .secrets(Secrets.inTheClear())
                .listener(metrics)
                .build()
                .start();
        HttpServer server = HttpServer.start(hookferry, metrics, null, HttpServerOptions.on(any))) {
      var on =
          Map.of(
              "portal",
              Map.of("enabled", true),
              "searchFields",
              List.of("ActivationKey", "Customer.Email", "Product"));
      var unused = hookferry.webhooks().settings().changeByName(Receivers.SITE, on);
      for (Customer customer :
          List.of(
              Customer.at("busiest", 0),
              Customer.at("middle", last / 4),
              Customer.at("quietest", last),
              new Customer("all of the site", Map.of()))) {
        PageClient visitor = visitor(hookferry, server, customer);
        assertThat(visitor.measure(customer.name(), paths(visitor))).isGreaterThan(15);
      }
    }
  }

  /** A session at a server, once as a cookie and once as a token. */
  private PageClient visitor(Hookferry hookferry, HttpServer server, Customer customer)
      throws Exception {
    Portal portal = Portal.of(hookferry, InstantSource.system());
    NewPortalLink link = NewPortalLink.of("bench").labels(customer.labels());
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    String code = portal.link(Receivers.SITE, link, Actor.PROGRAM).code();
    HttpResponse<String> opened =
        client.send(
            HttpRequest.newBuilder(address.resolve(HOME + code)).build(), BodyHandlers.ofString());
    String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
    String other = portal.link(Receivers.SITE, link, Actor.PROGRAM).code();
    String token = portal.exchange(other).orElseThrow().token();
    return new PageClient(address, Map.of("Cookie", cookie, "Authorization", "Bearer " + token));
  }

  /** Every page and list, with filters alone and together, and a page far from the first. */
  private List<String> paths(PageClient visitor) throws Exception {
    List<String> all =
        new ArrayList<>(List.of(HOME, LIST, "/portal/event-types", API + "/endpoints"));
    JsonNode deliveries = json(visitor, API + "/deliveries?limit=500");
    String endpoint = deliveries.at("/data/0/endpoint").asText();
    String delivery = deliveries.at("/data/0/id").asText();
    String event = deliveries.at("/data/0/event").asText();
    JsonNode data = json(visitor, API + "/deliveries/" + delivery).path("payload");
    all.addAll(List.of("/portal/endpoints/" + endpoint, LIST + "/" + delivery));
    for (String filter :
        List.of(
            "status=exhausted",
            "status=held",
            "status=cancelled",
            "range=24h",
            "range=24h&status=exhausted",
            "type=license_created",
            "type=no.such.type",
            "code=503",
            "code=418",
            "code=503&range=24h",
            "event=" + event,
            "event=evt_unknown",
            "data=ActivationKey:" + data.findValue("ActivationKey").asText(),
            "data=ActivationKey:no",
            "data=Customer.Email:" + data.findValue("Email").asText(),
            "data=Product:" + encoded(data.findValue("Product").asText()),
            "data=Product:" + encoded(data.findValue("Product").asText()) + "&status=exhausted",
            "endpoint=" + endpoint,
            "endpoint=" + endpoint + "&status=delivered&type=license_created")) {
      all.add(LIST + "?" + filter);
    }
    all.add(LIST + "/retry?range=24h");
    all.add(API + "/deliveries?limit=500");
    if (deliveries.path("next").isTextual()) {
      all.add(LIST + "?cursor=" + deliveries.path("next").asText());
    }
    return all;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static JsonNode json(PageClient visitor, String path) throws Exception {
    return JSON.readTree(visitor.text(path));
  }
}
