package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint gets requests at most at its rate, and holds up nobody else. */
class SendRateTest {
  private static final Duration TENTH = Duration.ofMillis(100);

  private final World world = new World();

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 500})
  void sendsAtTheRateAndNoFaster(int perSecond) {
    Endpoint endpoint = limited(SendRate.perSecond(perSecond));
    publish(30 * perSecond);
    advance(Duration.ofSeconds(10));

    List<Instant> times = world.timesOfSending(endpoint.id());
    assertThat(times.size()).isBetween(10 * perSecond, 11 * perSecond);
    for (int second = 0; second < 10; second++) {
      Instant from = times.get(0).plusSeconds(second);
      long sent = times.stream().filter(at -> isWithin(at, from, Duration.ofSeconds(1))).count();
      assertThat(sent).as("second " + second).isBetween(perSecond * 8L / 10, perSecond * 2L);
    }
    advance(Duration.ofSeconds(25));
    assertThat(world.timesOfSending(endpoint.id())).hasSize(30 * perSecond);
  }

  @Test
  void ratesPerMinuteAndPerHourAreSpread() {
    Endpoint minutely = limited(new SendRate(30, SendRate.Unit.MINUTE));
    Endpoint hourly = limited(new SendRate(4, SendRate.Unit.HOUR));
    publish(40);
    advance(Duration.ofMinutes(1));

    assertThat(world.timesOfSending(minutely.id()).size()).isBetween(30, 31);
    assertThat(world.timesOfSending(hourly.id())).hasSize(1);
    world.advance(Duration.ofMinutes(15));
    assertThat(world.timesOfSending(hourly.id())).hasSize(2);
  }

  @Test
  void delaysNoOtherEndpointAndKeepsLittleInMemory() {
    limited(SendRate.perSecond(1));
    Endpoint free = world.endpoint("https://free.example/", "*");
    publish(World.SMALL.lane() * 3);

    assertThat(world.timesOfSending(free.id())).hasSize(World.SMALL.lane() * 3);
    assertThat(world.engine.load().owned()).isLessThanOrEqualTo(4);
  }

  @Test
  void anEndpointIsRateLimitedAsLongAsMoreIsDue() {
    SendRate rate = SendRate.perSecond(2);
    Endpoint endpoint = limited(rate);
    publish(1);
    advance(Duration.ofSeconds(1));
    assertThat(world.engine.rateLimited()).isEmpty();

    publish(6);
    advance(Duration.ofSeconds(1));
    assertThat(world.engine.rateLimited()).containsOnly(Map.entry(endpoint.id(), rate));
    advance(Duration.ofSeconds(4));
    assertThat(world.engine.rateLimited()).isEmpty();

    publish(6);
    world.configure(new ConfigChange.PutEndpoint(endpoint));
    assertThat(world.engine.rateLimited()).isEmpty();
  }

  @Test
  void oneDeliveryThatWaitsForItsRateIsEnough() {
    Endpoint endpoint = limited(new SendRate(4, SendRate.Unit.HOUR));
    publish(1);
    assertThat(world.engine.rateLimited()).isEmpty();
    publish(1);
    assertThat(world.engine.rateLimited()).containsOnlyKeys(endpoint.id());
  }

  @Test
  void finishedBurstLeavesNoTrace() {
    limited(SendRate.perSecond(100));
    publish(13);
    advance(Duration.ofMillis(100));
    assertThat(world.engine.rateLimited()).isEmpty();
  }

  @Test
  void remainingNodeDoesNotWaitOutItsFormerShare() {
    World other = new World(World.SMALL, world.store);
    Endpoint endpoint = limited(new SendRate(1, SendRate.Unit.HOUR));
    Stream.of(world, other).forEach(World::heartbeat);
    publish(2);
    assertThat(world.timesOfSending(endpoint.id())).hasSize(1);
    other.store.deliveries().retire(other.owner());
    world.heartbeat();
    world.advance(Duration.ofMinutes(61));
    assertThat(world.timesOfSending(endpoint.id())).hasSize(2);
  }

  @Test
  void retriesCountTowardsTheRate() {
    world.retries(3, Duration.ofSeconds(1));
    Endpoint endpoint = limited(SendRate.perSecond(2));
    world.receiver = sending -> Outcomes.refused();
    publish(4);
    advance(Duration.ofSeconds(3));

    assertThat(world.timesOfSending(endpoint.id()).size()).isLessThanOrEqualTo(2 * 3 + 1);
    advance(Duration.ofSeconds(10));
    assertThat(world.timesOfSending(endpoint.id())).hasSize(4 * 4);
  }

  @Test
  void nodesShareTheRate() {
    MemoryStore store = world.store;
    World other = new World(World.SMALL, store);
    Endpoint endpoint = limited(SendRate.perSecond(10));
    other.engine.configured(store.config().load(), other.now());
    Stream.of(world, other).forEach(World::heartbeat);
    publish(400);
    for (int i = 0; i < 100; i++) {
      world.advance(TENTH);
      other.clock.advance(TENTH);
      other.run();
    }

    int both =
        world.timesOfSending(endpoint.id()).size() + other.timesOfSending(endpoint.id()).size();
    assertThat(both).isBetween(95, 110);
    assertThat(other.timesOfSending(endpoint.id()).size()).isBetween(40, 55);
  }

  @Test
  void aChangedRateAppliesAtOnce() {
    Endpoint endpoint = limited(new SendRate(1, SendRate.Unit.HOUR));
    publish(20);
    advance(Duration.ofSeconds(5));
    assertThat(world.timesOfSending(endpoint.id())).hasSize(1);

    world.configure(
        new ConfigChange.PutEndpoint(
            endpoint.with(s -> s.limits(SendLimits.of(SendRate.perSecond(10))))));
    advance(Duration.ofSeconds(1));
    assertThat(world.timesOfSending(endpoint.id()).size()).isBetween(9, 13);

    world.configure(new ConfigChange.PutEndpoint(endpoint));
    advance(Duration.ofSeconds(1));
    assertThat(world.timesOfSending(endpoint.id())).hasSize(20);
  }

  @Test
  void endpointsWithoutLimitsFollowTheirSite() {
    Endpoint endpoint = world.endpoint("https://a.example/", "*");
    SiteSettings limited =
        SiteSettings.DEFAULT.withLimits(new SendLimits(SendRate.perSecond(10), 1));
    world.site(Samples.SITE, limited);
    world.receiver = sending -> null;
    publish(20);
    assertThat(world.timesOfSending(endpoint.id())).hasSize(1);

    world.site(Samples.SITE, SiteSettings.DEFAULT);
    world.end(world.sent.get(0), Outcomes.ok());
    assertThat(world.timesOfSending(endpoint.id())).hasSize(3);
  }

  @Test
  void concurrencyIsNeverExceeded() {
    Endpoint endpoint = world.endpoint("https://a.example/", "*");
    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(s -> s.limits(SendLimits.NONE.concurrency(2)))));
    world.receiver = sending -> null;
    publish(50);
    for (int i = 0; i < 20; i++) {
      assertThat(world.sent).hasSize(2 + i);
      world.end(world.sent.get(i), Outcomes.ok());
    }
  }

  @Test
  void continuesAfterTheClockWasSetBack() {
    Endpoint endpoint = limited(SendRate.perSecond(1));
    publish(10);
    advance(Duration.ofSeconds(2));
    int before = world.timesOfSending(endpoint.id()).size();

    world.clock.advance(Duration.ofHours(-1));
    advance(Duration.ofSeconds(3));
    assertThat(world.timesOfSending(endpoint.id()).size()).isBetween(before + 2, before + 4);
  }

  private Endpoint limited(SendRate rate) {
    Endpoint endpoint = world.endpoint("https://" + rate.count() + ".example/", "*");
    Endpoint limited = endpoint.with(settings -> settings.limits(SendLimits.of(rate)));
    world.configure(new ConfigChange.PutEndpoint(limited));
    return limited.with(settings -> settings.limits(null));
  }

  private void publish(int events) {
    for (int i = 0; i < events; i++) {
      world.publish("license_created");
    }
  }

  /** Advances in small steps, because the engine looks at the clock when it is woken. */
  private void advance(Duration total) {
    for (Duration done = Duration.ZERO; done.compareTo(total) < 0; done = done.plusMillis(25)) {
      world.advance(Duration.ofMillis(25));
    }
  }

  private static boolean isWithin(Instant at, Instant from, Duration length) {
    return !at.isBefore(from) && at.isBefore(from.plus(length));
  }
}
