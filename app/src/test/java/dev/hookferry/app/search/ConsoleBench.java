package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.access.Scope;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.console.Console;
import dev.hookferry.http.console.ConsoleOptions;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ScriptedTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures every page of the console in a full store, for an administrator. Runs when it is asked
 * for by its name, not with the tests, like {@link SearchBench}; {@code -Dbench.endpoints=10000}
 * makes as many endpoints.
 */
@EnabledIfSystemProperty(
    named = SearchBench.STORE,
    matches = "(file|jdbc):.+",
    disabledReason = "-D" + SearchBench.STORE + " names no store")
final class ConsoleBench {
  private static final String SITE = "/sites/" + Receivers.SITE;
  private static final Pattern KEY = Pattern.compile("\"ActivationKey\":\"(\\w+)\"");

  /** Pages and lists, with filters alone and together. */
  private static final List<String> PAGES =
      List.of(
          "",
          "/problems",
          "/endpoints",
          "/endpoints?q=hooks",
          "/endpoints?sort=failures",
          "/endpoints/new",
          "/deliveries",
          "/deliveries?status=exhausted",
          "/deliveries?status=exhausted&range=24h",
          "/deliveries?status=held",
          "/deliveries?status=poisoned",
          "/deliveries?type=license_created",
          "/deliveries?code=503",
          "/deliveries?code=418",
          "/deliveries/all?status=exhausted&range=24h",
          "/events",
          "/events?type=license_created",
          "/events?type=invoice_lost",
          "/retry-queue",
          "/retry-queue?state=held",
          "/find?q=Product:Product%203",
          "/find?q=nowhere",
          "/replays",
          "/server-properties",
          "/settings",
          "/event-types",
          "/event-types/license_created",
          "/portal",
          "/send",
          "/verify",
          "/switch?q=other",
          "/counts",
          "/palette?q=hooks");

  private final FullStore full = new FullStore(System.getProperty(SearchBench.STORE, ""));

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void measure() throws Exception {
    full.fillIfEmpty();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    MetricsListener metrics = new MetricsListener();
    Activity activity = new Activity();
    try (Store store = full.open();
        Hookferry hookferry =
            Hookferry.builder(store, new ScriptedTransport())
                .secrets(Secrets.inTheClear())
                .listener(metrics)
                .addListener(activity)
                .build()
                .start();
        HttpServer server =
            HttpServer.start(
                hookferry, metrics, console(hookferry, activity), HttpServerOptions.on(any))) {
      var fields = Map.of("searchFields", List.of("ActivationKey", "Customer.Email", "Product"));
      var unused = hookferry.webhooks().settings().changeByName(Receivers.SITE, fields);
      PageClient admin = administrator(hookferry, server);
      assertThat(admin.measure("administrator", paths(hookferry))).isGreaterThan(35);
    }
  }

  private static Console console(Hookferry hookferry, Activity activity) {
    InstantSource clock = InstantSource.system();
    ConsoleOptions options =
        new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerInfo.NONE);
    return new Console(hookferry, options);
  }

  private static PageClient administrator(Hookferry hookferry, HttpServer server) throws Exception {
    String key = hookferry.webhooks().keys().create("bench", Set.of(Scope.ADMIN), null).text();
    URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
    HttpResponse<Void> signedIn =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(address.resolve("/login"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", address.toString())
                    .POST(BodyPublishers.ofString("key=" + key + "&to=%2F"))
                    .build(),
                BodyHandlers.discarding());
    String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", -1)[0];
    return new PageClient(address, Map.of("Cookie", cookie));
  }

  /** Every page and list, with those of single things. */
  private List<String> paths(Hookferry hookferry) {
    Delivery delivery =
        hookferry
            .webhooks()
            .deliveries()
            .list(DeliveryQuery.ofSite(Receivers.SITE).page(PageRequest.of(1)))
            .data()
            .get(0);
    Event event =
        hookferry.webhooks().events().find(delivery.site(), delivery.event()).orElseThrow();
    Matcher key = KEY.matcher(event.payload().text());
    assertThat(key.find()).isTrue();
    List<String> all = new ArrayList<>(PAGES);
    all.addAll(
        List.of(
            "/endpoints/" + delivery.endpoint(),
            "/endpoints/" + delivery.endpoint() + "/edit",
            "/endpoints/" + full.receivers().rare,
            "/deliveries?endpoint=" + delivery.endpoint(),
            "/deliveries?endpoint=" + full.receivers().rare,
            "/deliveries/" + delivery.id(),
            "/events/" + event.id(),
            "/find?q=ActivationKey:" + key.group(1)));
    all.replaceAll(page -> SITE + page);
    all.addAll(List.of("/audit", "/audit?site=" + Receivers.SITE, "/sites", "/keys", "/system"));
    return all;
  }
}
