package dev.hookferry.http.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.http.CaseTable;
import dev.hookferry.http.Served;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.TokenBuckets;
import dev.hookferry.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How often callers may come. */
class RatesTest {
  private static final String EVENTS = Served.DEFAULT + "/events";

  private static Served served(UnaryOperator<HttpServerOptions> options) {
    return new Served(options, store -> store);
  }

  @Test
  void aBucketIsFilledSteadilyAndNeverBeyondItsSize() {
    ManualClock clock = ManualClock.atNoon();
    TokenBuckets<String> buckets = new TokenBuckets<>(2, 3, 10, clock);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isEqualTo(Duration.ofMillis(500));
    assertThat(buckets.take("b")).isZero();
    clock.advance(Duration.ofMillis(400));
    assertThat(buckets.untilNext("a")).isEqualTo(Duration.ofMillis(100));
    clock.advance(Duration.ofMillis(100));
    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("a")).isPositive();
    clock.advance(Duration.ofDays(1));
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isPositive();
  }

  @Test
  void manyNamesTakeNoMoreMemory() {
    TokenBuckets<Integer> buckets = new TokenBuckets<>(1, 1, 100, ManualClock.atNoon());
    for (int i = 0; i < 10_000; i++) {
      assertThat(buckets.take(i)).isZero();
    }
    assertThat(buckets.size()).isEqualTo(100);
    assertThat(buckets.take(9_999)).isPositive();
  }

  @Test
  void keyOverItsRateLearnsWhenToRetry() {
    try (Served served = served(o -> o.withRates(Rates.DEFAULT.withPerKey(1).withBurst(3)))) {
      String other = "Bearer " + served.key(null, Scope.READ);
      for (int i = 0; i < 3; i++) {
        assertThat(served.get(EVENTS).status()).isEqualTo(200);
      }
      Served.Answer refused = served.get(EVENTS);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(served.post(EVENTS, "{\"type\":\"license_created\",\"data\":1}").status())
          .isEqualTo(429);
      assertThat(
              served.send("GET", EVENTS, null, r -> r.setHeader("Authorization", other)).status())
          .isEqualTo(200);
      assertThat(served.get("/healthz").status()).isEqualTo(200);
      assertThat(served.get("/metrics").body()).contains("hookferry_rate_limited_total 2.0\n");

      served.clock.advance(Duration.ofSeconds(1));
      assertThat(served.get(EVENTS).json().path("data")).isEmpty();
    }
  }

  @Test
  void everyRouteCountsAgainstTheRateOfItsKey() {
    try (Served served =
        served(o -> o.withRates(Rates.DEFAULT.withPerKey(1).withBurst(1)).withOpenMetrics(false))) {
      assertThat(served.get(EVENTS).status()).isEqualTo(200);
      List<ApiRoute> withKey = CaseTable.ROUTES.stream().filter(r -> r.scope() != null).toList();
      assertThat(withKey).hasSizeGreaterThan(20);
      for (ApiRoute route : withKey) {
        String body = route.body() == ApiRoute.Body.NONE ? null : "{}";
        assertThat(
                served.send(route.method(), CaseTable.path(route, "default", "x"), body).status())
            .as(route.template())
            .isEqualTo(429);
      }
    }
  }

  @Test
  void aGuesserIsSlowedDownAndLocksNobodyOut() {
    try (Served served = served(o -> o.withRates(Rates.DEFAULT.withFailedLogins(3)))) {
      for (int i = 0; i < 3; i++) {
        assertThat(guess(served, "10.0.0.1").status()).isEqualTo(401);
      }
      Served.Answer refused = guess(served, "10.0.0.1");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("20");
      assertThat(guess(served, "10.0.0.2").status()).as("no proxy, no header").isEqualTo(429);
      assertThat(served.get(EVENTS).status()).as("a valid key").isEqualTo(200);
      assertThat(served.get("/metrics").body())
          .contains("hookferry_failed_logins_total{status=\"401\"} 3.0\n")
          .contains("hookferry_failed_logins_total{status=\"429\"} 2.0\n");

      served.clock.advance(Duration.ofSeconds(20));
      assertThat(guess(served, "10.0.0.1").status()).isEqualTo(401);
      assertThat(guess(served, "10.0.0.1").status()).isEqualTo(429);
    }
  }

  @Test
  void behindAProxyTheLastAddressItTellsCounts() {
    try (Served served =
        served(o -> o.withRates(Rates.DEFAULT.withFailedLogins(1)).withProxyInFront())) {
      assertThat(guess(served, "10.0.0.1").status()).isEqualTo(401);
      assertThat(guess(served, "10.0.0.1").status()).isEqualTo(429);
      assertThat(guess(served, "10.0.0.9, 10.0.0.1").status()).as("made up").isEqualTo(429);
      assertThat(guess(served, "10.0.0.1:51812").status()).as("with a port").isEqualTo(429);
      assertThat(guess(served, "10.0.0.2").status()).isEqualTo(401);
      assertThat(guess(served, "2001:db8:0:1::1").status()).isEqualTo(401);
      assertThat(guess(served, "2001:db8:0:1:ffff::2").status()).as("its /64").isEqualTo(429);
      assertThat(guess(served, "[2001:db8:0:1::7]:443").status()).as("a port").isEqualTo(429);
      assertThat(guess(served, "2001:db8:0:2::1").status()).isEqualTo(401);
      assertThat(guess(served, "no address").status()).as("the proxy's own").isEqualTo(401);
      for (String none : List.of("evil.example", "dead.beef", "1.2.3", "1.2.3.400", "1:2")) {
        assertThat(guess(served, none).status()).as(none).isEqualTo(429);
      }
    }
  }

  private static Served.Answer guess(Served served, String from) {
    return served.send(
        "GET",
        EVENTS,
        null,
        request ->
            request.setHeader("Authorization", "Bearer wrong").setHeader("X-Forwarded-For", from));
  }
}
