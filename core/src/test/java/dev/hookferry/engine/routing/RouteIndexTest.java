package dev.hookferry.engine.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Routing finds exactly the endpoints that want an event, after whatever was changed. */
class RouteIndexTest {
  private static final List<String> PATTERNS =
      List.of(
          "*", "license_*", "license_created", "order.*", "order.paid", "o*", "endpoint_failing");
  private static final List<EventType> TYPES =
      Stream.of("license_created", "license_deleted", "order.paid", "o", "endpoint_failing", "x")
          .map(EventType::new)
          .toList();
  private static final List<Map<String, String>> LABELS =
      List.of(
          Map.of(),
          Map.of("a", "1"),
          Map.of("a", "2", "b", "1"),
          Map.of("a", "1", "b", "1", "c", "1"));
  private static final List<SiteId> SITES = List.of(new SiteId("a"), new SiteId("b"));

  private final Random random = new Random(3);

  @Test
  void findsTheSameAsAScanOfAllEndpoints() {
    RoutingTable routes = new RoutingTable();
    Config config = Config.EMPTY;
    for (int i = 0; i < 2_000; i++) {
      List<ConfigChange> changes = new ArrayList<>();
      for (int n = random.nextInt(3); n >= 0; n--) {
        changes.add(change());
      }
      config = config.after(changes);
      routes.use(config);
      assertIsRight(routes, config);
    }
  }

  /** Some sites accept types that they do not declare, and a producer may number them. */
  @Test
  void theCacheOfTypesIsBounded() {
    RouteIndex index = new RouteIndex(List.of());
    for (int i = 0; i < 3 * RouteIndex.MAX_FOUND; i++) {
      assertThat(index.subscribers(new EventType("order." + i))).isNotNull();
      assertThat(index.cached()).isLessThanOrEqualTo(RouteIndex.MAX_FOUND);
    }
  }

  private static void assertIsRight(RoutingTable routes, Config config) {
    assertThat(List.copyOf(routes.active()))
        .isEqualTo(config.endpoints().values().stream().filter(e -> !routes.isHeld(e)).toList());
    for (Site site : config.sites().values()) {
      for (EventType type : TYPES) {
        Map<String, String> labels = LABELS.get(type.name().length() % LABELS.size());
        assertThat(routes.matching(site, event(site.id(), type, labels)))
            .isEqualTo(
                config.endpoints().values().stream()
                    .filter(e -> e.site().equals(site.id()) && e.isSubscribedTo(type))
                    .filter(e -> labels.entrySet().containsAll(e.labels().entrySet()))
                    .filter(e -> site.settings().webHooksEnabled())
                    .toList());
      }
    }
  }

  private static Event event(SiteId site, EventType type, Map<String, String> labels) {
    return new Event(
            new EventId("e"), site, type, Instant.EPOCH, Instant.EPOCH, Payload.empty(), null)
        .with(new EventOptions(labels, List.of(), null, null, Map.of(), null, false));
  }

  private ConfigChange change() {
    SiteId site = SITES.get(random.nextInt(SITES.size()));
    EndpointId id = new EndpointId(new UUID(0, random.nextInt(12)));
    return switch (random.nextInt(10)) {
      case 0 -> new ConfigChange.RemoveSite(site);
      case 1, 2 -> new ConfigChange.PutSite(new Site(site, settings(), Instant.EPOCH));
      case 3, 4 -> new ConfigChange.RemoveEndpoint(id);
      default -> new ConfigChange.PutEndpoint(endpoint(id, site));
    };
  }

  private SiteSettings settings() {
    return SiteSettings.DEFAULT.withWebHooksEnabled(random.nextInt(3) > 0);
  }

  private Endpoint endpoint(EndpointId id, SiteId site) {
    List<EventTypeFilter> filters =
        random
            .ints(1 + random.nextInt(3), 0, PATTERNS.size())
            .mapToObj(PATTERNS::get)
            .map(EventTypeFilter::new)
            .toList();
    return new Endpoint(
        id,
        site,
        TargetUrl.parse("https://receiver.example/"),
        EndpointSettings.of(
                filters,
                new EndpointSigning(List.of(Signature.of(SignatureProfile.QLM)), null, List.of()))
            .labels(LABELS.get(random.nextInt(LABELS.size())))
            .build(),
        random.nextInt(4) > 0 ? EndpointStatus.ENABLED : EndpointStatus.paused(null),
        Instant.EPOCH);
  }
}
