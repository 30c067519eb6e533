package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.event.Event;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.ExpiryNotice;
import dev.hookferry.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("[a-z_]+(\\{([a-zA-Z]+=\"[^\"\n]*\",?)+})? -?[0-9.E+]+(Inf)?");

  @Test
  void eventsAndAttemptsAreCounted() {
    try (Served served = new Served()) {
      served.transport.responding(Served.URL, 503);
      served.post(
          Served.DEFAULT + "/endpoints",
          "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"license_*\"]}");
      served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHookMaxRetries\":0}");
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
      served.post(Served.DEFAULT + "/events", "{\"type\":\"customer_created\",\"data\":{}}");
      served.get("/nowhere/" + Math.PI);
      served.send("GET", "/api/v1/keys", null, r -> r.setHeader("Authorization", "Bearer x"));

      // What happens is counted after it was answered, by another thread.
      String accepted = "hookferry_events_accepted_total{site=\"default\"} 2.0";
      Poll.until(() -> lines(served).containsAll(List.of(settled("exhausted") + " 1.0", accepted)));
      assertThat(lines(served))
          .contains(
              "hookferry_deliveries_created_total{site=\"default\"} 1.0",
              "hookferry_attempts_total{outcome=\"http_error\",site=\"default\"} 1.0",
              "hookferry_attempt_duration_seconds_bucket{le=\"0.001\"} 1",
              "hookferry_attempt_duration_seconds_count 1",
              "hookferry_accept_to_attempt_seconds_bucket{le=\"+Inf\"} 1",
              "hookferry_accept_to_attempt_seconds_sum 0.0",
              "hookferry_faults_total 0.0",
              "hookferry_endpoints{state=\"rate_limited\"} 1.0",
              "hookferry_endpoints{state=\"working\"} 0.0",
              "hookferry_backlog_deliveries 0.0",
              "hookferry_deliveries_owned 0.0",
              "hookferry_http_requests_total{method=\"POST\","
                  + "route=\"/api/v1/sites/{site}/events\",status=\"2xx\"} 2.0",
              "hookferry_http_requests_total{method=\"GET\",route=\"/api/v1/keys\",status=\"4xx\"}"
                  + " 1.0",
              "hookferry_http_requests_total{method=\"GET\",route=\"other\",status=\"4xx\"} 1.0")
          .noneMatch(line -> line.contains("nowhere"));
    }
  }

  @Test
  void theStoresClockAndDiskAreMeasuredWhereTheyAreKnown() {
    try (Served served =
        new Served(options -> options, plain -> new KnownStore(plain, false, null))) {
      assertThat(lines(served))
          .contains("hookferry_stalled 0.0")
          .noneMatch(line -> line.startsWith("hookferry_disk_"))
          .noneMatch(line -> line.startsWith("hookferry_store_clock_"));
    }
    Store.Space space = new Store.Space(5_000, 700);
    try (Served served =
        new Served(options -> options, plain -> new KnownStore(plain, true, space))) {
      String offset = "hookferry_store_clock_offset_seconds 0.0";
      Poll.until(() -> lines(served).contains(offset));
      assertThat(lines(served))
          .contains("hookferry_disk_free_bytes 5000.0", "hookferry_disk_reserve_bytes 700.0");
    }
  }

  /** A store that may be shared, or on a disk of its own. */
  private static final class KnownStore extends ForwardingStore {
    private final boolean isShared;
    private final @Nullable Space space;

    KnownStore(Store store, boolean isShared, @Nullable Space space) {
      super(store);
      this.isShared = isShared;
      this.space = space;
    }

    @Override
    public boolean isShared() {
      return isShared;
    }

    @Override
    public Optional<Space> space() {
      return Optional.ofNullable(space);
    }
  }

  @Test
  void aNodeThatNeedsARestartSaysSo() {
    try (Served served = new Served()) {
      served.hookferry.drain();

      assertThat(lines(served)).contains("hookferry_stalled 1.0");
    }
  }

  private static String endpoint(Served served) {
    return served
        .post(
            Served.DEFAULT + "/endpoints",
            "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}")
        .json()
        .path("id")
        .asText();
  }

  /** A bad end means that a receiver did not get an event. */
  @Test
  void failedTestIsNotCountedAsExhausted() {
    try (Served served = new Served()) {
      served.transport.responding(Served.URL, 503);
      String endpoint = endpoint(served);
      served.send("PATCH", Served.DEFAULT + "/settings", "{\"webHookMaxRetries\":0}");
      served.post(Served.DEFAULT + "/endpoints/" + endpoint + "/test", "{}");
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");

      Poll.until(() -> lines(served).contains(settled("exhausted") + " 1.0"));
      assertThat(lines(served))
          .contains("hookferry_attempts_total{outcome=\"http_error\",site=\"default\"} 2.0");
    }
  }

  /** Prometheus takes a counter that it has not seen before for one that has not increased. */
  @Test
  void showsZeroFailuresBeforeTheFirstOne() {
    try (Served served = new Served()) {
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");

      Poll.until(() -> lines(served).contains(settled("exhausted") + " 0.0"));
      assertThat(lines(served)).contains(settled("poisoned") + " 0.0");
    }
  }

  @Test
  void aBusyEndpointHasItsOwnCounters() {
    try (Served served = new Served()) {
      String endpoint = endpoint(served);
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");

      String attempts =
          "hookferry_endpoint_attempts_total{endpoint=\""
              + endpoint
              + "\",outcome=\"delivered\",site=\"default\"} 1.0";
      String published = "hookferry_publish_duration_seconds_count 1";
      Poll.until(() -> lines(served).containsAll(List.of(attempts, published)));
      assertThat(lines(served)).noneMatch(line -> line.contains("{endpoint=\"other\""));
    }
  }

  /** Without places for busy ones, only named endpoints have counters of their own. */
  @Test
  void theOtherEndpointsAreCountedTogether() {
    Samples samples = new Samples(1);
    EndpointId named = samples.endpoint();
    try (Served served = new Served()) {
      MetricsListener metrics = new MetricsListener(Set.of(named), 0, served.clock);
      for (EndpointId endpoint : List.of(named, samples.endpoint(), samples.endpoint())) {
        Event event = samples.event(SiteId.DEFAULT, new EventType("license_created"));
        Delivery before = samples.delivery(event, endpoint);
        Outcome refused =
            Outcome.failed(OutcomeKind.CONNECT_ERROR, "refused", Duration.ofMillis(250));
        metrics.attempted(samples.attempt(before, refused), before);
      }
      MetricsPage page = new MetricsPage(served.hookferry, metrics, new Metrics(), served.clock);
      String outcome = "\",outcome=\"connect_error\",site=\"default\"} ";
      assertThat(text(page).lines().filter(line -> line.startsWith("hookferry_endpoint_attempt")))
          .containsExactlyInAnyOrder(
              "hookferry_endpoint_attempts_total{endpoint=\"" + named + outcome + "1.0",
              "hookferry_endpoint_attempts_total{endpoint=\"other" + outcome + "2.0",
              "hookferry_endpoint_attempt_seconds_total{endpoint=\""
                  + named
                  + "\",site=\"default\"} 0.25",
              "hookferry_endpoint_attempt_seconds_total{endpoint=\"other\",site=\"default\"} 0.5");
    }
  }

  /** Prometheus asks for OpenMetrics, which alone can name the delivery behind a figure. */
  @Test
  void openMetricsNamesADeliveryBehindAFigure() {
    try (Served served = new Served()) {
      served.post(
          Served.DEFAULT + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
      String accept = "application/openmetrics-text; version=1.0.0, text/plain; q=0.1";

      Poll.until(() -> openMetrics(served, accept).body().contains("# {delivery_id=\"dlv_"));
      Served.Answer page = openMetrics(served, accept);
      assertThat(page.header("Content-Type")).startsWith("application/openmetrics-text");
      assertThat(page.body()).contains("hookferry_build_info{version=").endsWith("# EOF\n");
    }
  }

  @Test
  void anAcceptHeaderMayHaveSeveralLines() {
    try (Served served = new Served()) {
      Served.Answer page =
          served.exchange(
              served
                  .request("/metrics")
                  .header("Accept", "text/html")
                  .header("Accept", "application/openmetrics-text; version=1.0.0")
                  .build());
      assertThat(page.header("Content-Type")).startsWith("application/openmetrics-text");
    }
  }

  private static Served.Answer openMetrics(Served served, String accept) {
    return served.exchange(served.request("/metrics").header("Accept", accept).build());
  }

  @Test
  void countsScheduledDeliveries() {
    try (Served served = new Served()) {
      served.post(
          Served.DEFAULT + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
      served.post(
          Served.DEFAULT + "/events",
          "{\"type\":\"license_created\",\"data\":{},\"deliverAt\":\"2026-01-02T00:00:00Z\"}");

      Poll.until(
          () ->
              lines(served).contains("hookferry_deliveries_scheduled_total{site=\"default\"} 1.0"));
    }
  }

  @Test
  void countsTokensSignersAndWhatExpires() {
    try (Served served = new Served()) {
      MetricsListener metrics = new MetricsListener();
      EndpointId endpoint = EndpointId.parse("ep_01kdwpvng0e0185wjgqej23c2w");
      metrics.tokenFetched(SiteId.DEFAULT, true, Duration.ofMillis(20));
      metrics.tokenFetched(SiteId.DEFAULT, false, Duration.ofMillis(7));
      metrics.signerCalled("kms", true, Duration.ofMillis(90));
      metrics.expiring(
          List.of(
              new ExpiryNotice(
                  ExpiryNotice.Kind.SIGNATURE,
                  SiteId.DEFAULT,
                  endpoint,
                  "github",
                  14,
                  served.clock.instant())));
      MetricsPage page = new MetricsPage(served.hookferry, metrics, new Metrics(), served.clock);
      assertThat(text(page))
          .contains(
              "hookferry_token_fetches_total{result=\"fetched\",site=\"default\"} 1.0\n",
              "hookferry_token_fetches_total{result=\"failed\",site=\"default\"} 1.0\n",
              "hookferry_token_fetch_duration_seconds_bucket{le=\"0.01\"} 1\n",
              "hookferry_token_fetch_duration_seconds_count 2\n",
              "hookferry_signer_calls_total{result=\"signed\",signer=\"kms\"} 1.0\n",
              "hookferry_signer_call_duration_seconds_bucket{le=\"0.1\"} 1\n",
              "hookferry_expiring{kind=\"signature\"} 1.0\n");
    }
  }

  @Test
  void theFormatIsPrometheus() {
    try (Served served = new Served()) {
      Served.Answer page = served.get("/metrics");
      assertThat(page.header("Content-Type")).startsWith("text/plain; version=0.0.4");
      Set<String> families = new HashSet<>();
      String family = "";
      for (String line : page.body().split("\n", -1)) {
        if (line.startsWith("# TYPE ")) {
          family = line.split(" ")[2];
          assertThat(families.add(family)).as(family).isTrue();
        } else if (!line.startsWith("# HELP ") && !line.isEmpty()) {
          assertThat(line).matches(SAMPLE).startsWith(family);
        }
      }
      assertThat(families).contains("jvm_memory_used_bytes", "jvm_gc_collection_seconds");
    }
  }

  @Test
  void theBacklogIsCountedEveryTenSecondsAtMost() {
    try (Served served = new Served()) {
      served.transport.responding(Served.URL, 503);
      served.post(
          Served.DEFAULT + "/endpoints", "{\"url\":\"" + Served.URL + "\",\"eventTypes\":[\"*\"]}");
      MetricsPage page =
          new MetricsPage(served.hookferry, new MetricsListener(), new Metrics(), served.clock);
      assertThat(text(page)).contains("hookferry_backlog_deliveries 0.0");
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
      assertThat(text(page)).contains("hookferry_backlog_deliveries 0.0");
      served.clock.advance(Duration.ofSeconds(11));
      assertThat(text(page)).contains("hookferry_backlog_deliveries 1.0");
      served.clock.advance(Duration.ofHours(-1));
      served.post(Served.DEFAULT + "/events", "{\"type\":\"license_created\",\"data\":{}}");
      assertThat(text(page)).contains("hookferry_backlog_deliveries 2.0");
    }
  }

  @Test
  void awayFromLoopbackAKeyForAllSitesIsNeeded() {
    try (Served served = new Served(o -> o.withOpenMetrics(false), store -> store)) {
      assertThat(plain(served, "")).isEqualTo(401);
      assertThat(plain(served, served.key(null, Scope.READ))).isEqualTo(200);
      assertThat(plain(served, served.key(null, Scope.PUBLISH))).isEqualTo(403);
      assertThat(plain(served, served.key(SiteId.DEFAULT, Scope.READ))).isEqualTo(403);
    }
  }

  private static int plain(Served served, String key) {
    var request = served.request("/metrics");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return served.exchange(request.build()).status();
  }

  private static String text(MetricsPage page) {
    return new String(page.exposition(null).bytes(), StandardCharsets.UTF_8);
  }

  private static List<String> lines(Served served) {
    return served.get("/metrics").body().lines().toList();
  }

  private static String settled(String state) {
    return "hookferry_deliveries_settled_total{site=\"default\",state=\"" + state + "\"}";
  }
}
