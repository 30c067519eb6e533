package dev.hookferry.app.search;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.IdSource;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.ConfigChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A hundred endpoints of two sites, or {@code -Dbench.endpoints}, some of them much busier than
 * others, and the types of events that they get. Two each belong to a customer.
 */
final class Receivers {
  static final SiteId SITE = SiteId.DEFAULT;
  static final SiteId OTHER_SITE = new SiteId("other");
  static final List<EventType> TYPES = EventCatalog.QLM_EVENTS;

  /** One event has this type, the oldest. */
  static final EventType RARE_TYPE = new EventType("invoice_lost");

  private static final int COUNT = Integer.getInteger("bench.endpoints", 100);
  private static final int OTHERS = COUNT / 5;

  private final Random random = new Random(1);
  private final List<EndpointId> endpoints;

  /** Gets the oldest event alone. */
  final EndpointId rare;

  /** Always the same for the same time. */
  Receivers(Instant begin) {
    IdSource ids = new IdSource(random);
    endpoints =
        Stream.generate(() -> new EndpointId(ids.next(begin.minusSeconds(1))))
            .limit(COUNT)
            .toList();
    rare = new EndpointId(ids.next(begin));
  }

  List<EndpointId> all() {
    return endpoints;
  }

  /** The busiest is the first: an event in eight goes there. */
  EndpointId at(int rank) {
    return endpoints.get(rank);
  }

  /** The value of the label customer of an endpoint. */
  static String customer(int rank) {
    return "c-" + rank / 2;
  }

  /** Its deliveries wait, because it is paused. */
  EndpointId paused() {
    return endpoints.get(5);
  }

  /** The endpoints, all of them paused, so that a server that opens the store sends nothing. */
  List<ConfigChange> configuration(Instant begin) {
    List<ConfigChange> changes = new ArrayList<>();
    changes.add(new ConfigChange.PutSite(new Site(OTHER_SITE, SiteSettings.DEFAULT, begin)));
    for (EndpointId id : endpoints) {
      Map<String, String> labels = Map.of("customer", customer(endpoints.indexOf(id)));
      Endpoint plain = endpoint(id, siteOf(id), begin);
      changes.add(new ConfigChange.PutEndpoint(plain.with(settings -> settings.labels(labels))));
    }
    changes.add(new ConfigChange.PutEndpoint(endpoint(rare, SITE, begin)));
    return changes;
  }

  private SiteId siteOf(EndpointId id) {
    return endpoints.indexOf(id) < COUNT - OTHERS ? SITE : OTHER_SITE;
  }

  private static Endpoint endpoint(EndpointId id, SiteId site, Instant begin) {
    return new Endpoint(
        id,
        site,
        TargetUrl.parse("https://receiver.example/hooks/" + id),
        EndpointSettings.of(
                List.of(new EventTypeFilter("*")),
                new EndpointSigning(List.of(Signature.of(SignatureProfile.QLM)), null, List.of()))
            .build(),
        EndpointStatus.paused(begin),
        begin);
  }

  /** To which endpoints an event goes: mostly one, few of which get very much. */
  List<EndpointId> of(SiteId site) {
    int from = site.equals(SITE) ? 0 : COUNT - OTHERS;
    int count = site.equals(SITE) ? COUNT - OTHERS : OTHERS;
    int wanted = random.nextInt(10) < 7 ? 1 : 2;
    return Stream.generate(() -> endpoints.get(from + skewed(count)))
        .limit(wanted)
        .distinct()
        .toList();
  }

  SiteId site() {
    return random.nextInt(10) == 0 ? OTHER_SITE : SITE;
  }

  EventType type() {
    return TYPES.get(skewed(TYPES.size()));
  }

  private int skewed(int count) {
    double chance = random.nextDouble();
    return (int) (count * chance * chance * chance);
  }
}
