package dev.hookferry.internal.publish;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.NewEvent;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.ConfigHolder;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.Problems;
import dev.hookferry.refusal.UnknownName;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.Site;
import dev.hookferry.site.SubjectKey;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resolver of the optional fields that a producer submits into stored options: endpoint names into
 * ids, the subject into its hash.
 */
final class OptionsResolver {
  private static final Duration FURTHEST = Duration.ofDays(30);

  private final SecretCipher cipher;
  private final Config config;
  private final Site site;

  OptionsResolver(SecretCipher cipher, Config config, Site site) {
    this.cipher = cipher;
    this.config = config;
    this.site = site;
  }

  /**
   * Returns the options to store.
   *
   * @throws dev.hookferry.refusal.InvalidException with all problems of the options
   */
  EventOptions resolve(NewEvent event, Instant now) {
    if (!event.hasOptions()) {
      return EventOptions.NONE;
    }
    Problems problems = new Problems();
    List<EndpointId> to = addressed(event, problems);
    Instant deliverAt = event.deliverAt();
    problems.require(
        deliverAt == null || !deliverAt.isAfter(now.plus(FURTHEST)),
        "deliverAt",
        "must be at most 30 days from now");
    problems.throwIfAny();
    return new EventOptions(
            event.labels(),
            to,
            deliverAt,
            event.orderingKey(),
            event.routing(),
            subjectHash(event),
            false)
        .withTrace(event.trace());
  }

  /** Returns how to recognize a repeat of an event, or null if that is impossible. */
  @Nullable Idempotence idempotence(NewEvent event) {
    return event.idempotence(subjectHash(event));
  }

  /**
   * Returns whether the site has all addressed endpoints, and the event has their routing values.
   */
  boolean isAddressable(NewEvent event) {
    Problems problems = new Problems();
    List<EndpointId> unused = addressed(event, problems);
    return problems.isEmpty();
  }

  private List<EndpointId> addressed(NewEvent event, Problems problems) {
    List<String> named = event.to();
    List<EndpointId> to = new ArrayList<>(named.size());
    for (int i = 0; i < named.size(); i++) {
      String field = "to[" + i + "]";
      Endpoint endpoint = config.endpoint(site.id(), named.get(i)).orElse(null);
      if (endpoint == null) {
        UnknownName unknown = UnknownName.of(UnknownName.ENDPOINT, named.get(i));
        String reason = "is not the id or uid of an endpoint of this site";
        problems.add(new Problem(field, reason, unknown));
      } else {
        to.add(endpoint.id());
        endpoint
            .url()
            .problem(event.routing())
            .ifPresent(problem -> problems.add("routing", problem + " (" + field + ")"));
      }
    }
    return to;
  }

  private @Nullable String subjectHash(NewEvent event) {
    String subject = event.subject();
    if (subject == null) {
      return null;
    }
    Sealed key = Objects.requireNonNull(site.settings().subjectKey(), "subjectKey");
    return SubjectKey.hash(cipher.open(key, SecretContexts.subjectKey(site.id())), subject);
  }

  /** Returns whether an event has a subject while the site has no subject-hash key yet. */
  static boolean lacksSubjectKey(@Nullable Site site, List<NewEvent> events) {
    if (site == null || site.settings().subjectKey() != null) {
      return false;
    }
    for (NewEvent event : events) {
      if (event.subject() != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Creates the subject-hash key of a site, unless it has one. Blocks.
   *
   * @return the configuration after the change
   */
  static Config withSubjectKey(CoreServices services, SiteId id) {
    services.change(
        config -> {
          Site site = config.sites().get(id);
          if (site == null || site.settings().subjectKey() != null) {
            return ConfigHolder.Planned.of(id);
          }
          Sealed key =
              services
                  .cipher()
                  .seal(SubjectKey.generate(services.secure()), SecretContexts.subjectKey(id));
          return ConfigHolder.Planned.of(
              id, new ConfigChange.PutSite(site.with(site.settings().withSubjectKey(key))));
        });
    return services.configHolder().config();
  }
}
