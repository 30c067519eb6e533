package dev.hookferry.app.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.audit.Actor;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
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
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures whether the portal takes longer to refuse ids of another customer than ids that nothing
 * has, as a client on the same machine sees it. Runs when it is asked for by its name, not with the
 * tests, like {@link SearchBench}: a time decides no test.
 *
 * <p>Each line has the medians in microseconds, and the chance that a foreign id takes longer than
 * an absent one, where 0.5 says nothing; then the same of two absent ids, for comparison.
 */
@EnabledIfSystemProperty(
    named = SearchBench.STORE,
    matches = "(file|jdbc):.+",
    disabledReason = "-D" + SearchBench.STORE + " names no store")
final class ForeignIdBench {
  private static final int PAIRS = Integer.getInteger("bench.pairs", 2_000);
  private static final int WARM_UP = 300;
  private static final String API = "/api/v1/portal";

  private final FullStore full = new FullStore(System.getProperty(SearchBench.STORE, ""));
  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(165);

  /** A kind of request, and the foreign ids to put in. */
  private record Probe(String name, String method, String path, String body, List<String> ids) {}

  /** A customer's session at a server. */
  private record Visit(URI server, String token) {}

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void measure() throws Exception {
    full.fillIfEmpty();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    MetricsListener metrics = new MetricsListener();
    try (Store store = full.open();
        Hookferry hookferry =
            Hookferry.builder(store, new ScriptedTransport())
                .secrets(Secrets.inTheClear())
                .listener(metrics)
                .build()
                .start();
        HttpServer server = HttpServer.start(hookferry, metrics, null, HttpServerOptions.on(any))) {
      var on = Map.of("portal", Map.of("enabled", true));
      var unused = hookferry.webhooks().settings().changeByName(Receivers.SITE, on);
      Portal portal = Portal.of(hookferry, InstantSource.system());
      // The busiest endpoints are another customer's.
      NewPortalLink link =
          NewPortalLink.of("bench").labels(Map.of("customer", Receivers.customer(8)));
      String code = portal.link(Receivers.SITE, link, Actor.PROGRAM).code();
      URI address = URI.create("http://127.0.0.1:" + server.address().getPort());
      Visit visit = new Visit(address, portal.exchange(code).orElseThrow().token());
      List<String> lines = new ArrayList<>();
      for (Probe probe : probes(hookferry)) {
        lines.add(measured(visit, probe));
        System.out.println(lines.get(lines.size() - 1));
      }
      assertThat(lines).hasSize(7);
    }
  }

  private List<Probe> probes(Hookferry hookferry) {
    EndpointId busiest = full.receivers().at(0);
    List<String> endpoints =
        full.receivers().all().subList(0, 8).stream().map(EndpointId::toString).toList();
    List<Delivery> theirs = deliveries(hookferry, Receivers.SITE, busiest);
    EndpointId elsewhere = full.receivers().at(full.receivers().all().size() * 4 / 5);
    List<String> ofOtherSite = ids(deliveries(hookferry, Receivers.OTHER_SITE, elsewhere));
    List<String> ids = ids(theirs);
    List<String> events = theirs.stream().map(one -> one.event().toString()).toList();
    String delivery = API + "/deliveries/%s";
    return List.of(
        new Probe("an endpoint", "GET", API + "/endpoints/%s", "", endpoints),
        new Probe("a delivery", "GET", delivery, "", ids),
        new Probe("a delivery of another site", "GET", delivery, "", ofOtherSite),
        new Probe("a retry", "POST", delivery + "/retry", "", ids),
        new Probe(
            "deliveries of an endpoint", "GET", API + "/deliveries?endpoint=%s", "", endpoints),
        new Probe("deliveries of an event", "GET", API + "/deliveries?event=%s", "", events),
        new Probe(
            "a retry of all to an endpoint",
            "POST",
            API + "/deliveries/retry",
            "{\"endpoint\":\"%s\"}",
            endpoints));
  }

  private static List<Delivery> deliveries(Hookferry hookferry, SiteId site, EndpointId endpoint) {
    DeliveryQuery query = DeliveryQuery.ofSite(site).endpoint(endpoint);
    return hookferry.webhooks().deliveries().list(query.limit(PageRequest.MAX_LIMIT)).data();
  }

  private static List<String> ids(List<Delivery> deliveries) {
    return deliveries.stream().map(one -> one.id().toString()).toList();
  }

  private String measured(Visit visit, Probe probe) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      double unused = micros(visit, probe, foreign(probe)) + micros(visit, probe, absent(probe));
    }
    double[][] times = new double[3][PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      // In any order, so that none always comes after another.
      List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
      Collections.shuffle(order, random);
      for (int which : order) {
        times[which][i] = micros(visit, probe, which == 0 ? foreign(probe) : absent(probe));
      }
    }
    for (double[] one : times) {
      Arrays.sort(one);
    }
    return String.format(
        Locale.ROOT,
        "%s\t%.0f\t%.0f\t%.3f\t%.3f",
        probe.name(),
        times[0][PAIRS / 2],
        times[1][PAIRS / 2],
        chance(times[0], times[1]),
        chance(times[2], times[1]));
  }

  private String foreign(Probe probe) {
    return probe.ids().get(random.nextInt(probe.ids().size()));
  }

  /** Returns an id of the same form that nothing has. */
  private String absent(Probe probe) {
    String id = foreign(probe);
    int end = id.length() - 8;
    return id.substring(0, end) + (1_000 + random.nextInt(9_000)) + id.substring(end + 4);
  }

  /** Returns the chance that one of the first takes longer than one of the second, both sorted. */
  private static double chance(double[] first, double[] second) {
    double wins = 0;
    int below = 0;
    for (double time : first) {
      while (below < second.length && second[below] < time) {
        below++;
      }
      wins += below;
    }
    return wins / first.length / second.length;
  }

  private double micros(Visit visit, Probe probe, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(visit.server().resolve(probe.path().formatted(id)))
            .header("Authorization", "Bearer " + visit.token())
            .header("Content-Type", "application/json")
            .method(probe.method(), BodyPublishers.ofString(probe.body().formatted(id)))
            .build();
    long start = System.nanoTime();
    int status = client.send(request, BodyHandlers.ofString()).statusCode();
    assertThat(status).as(probe.name()).isIn(200, 202, 404);
    return (System.nanoTime() - start) / 1e3;
  }
}
