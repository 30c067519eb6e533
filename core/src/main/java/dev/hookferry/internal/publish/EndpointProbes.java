package dev.hookferry.internal.publish;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventOptions;
import dev.hookferry.event.Payload;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.AuditSnapshot;
import dev.hookferry.internal.CheckedTargets;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.EndpointWarnings;
import dev.hookferry.internal.HeaderView;
import dev.hookferry.internal.search.IndexedEvents;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import dev.hookferry.site.Site;
import dev.hookferry.transport.EndpointTrial;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sender of test events to registered and unregistered endpoints. */
public final class EndpointProbes {
  /** Maximum length of an audit target in stores. */
  private static final int MAX_TARGET_LENGTH = 128;

  private final CoreServices services;

  public EndpointProbes(CoreServices services) {
    this.services = services;
  }

  /** Sends a test event to a registered endpoint. */
  public CompletableFuture<Attempt> test(Endpoint endpoint) {
    Site site = services.configHolder().site(endpoint.site());
    return test(endpoint, EventType.TEST, data("\"" + endpoint.id() + "\"", site));
  }

  /** Returns the data of a test event; it names the operator's product if a name is set. */
  private static Payload data(String endpoint, Site site) {
    String product = site.settings().portal().productName();
    String from = product.isEmpty() ? "" : " from " + product;
    return Payload.of(
        new JsonWriter()
            .json("endpoint", endpoint)
            .text("message", "This is a test" + from + ".")
            .end());
  }

  /** Sends the example of an event type to this registered endpoint only. */
  public CompletableFuture<Attempt> test(Endpoint endpoint, EventTypeDefinition definition) {
    EventType type = definition.type();
    String example = definition.example();
    if (example == null) {
      throw InvalidException.of(
          "type", type.name() + " has no example; describe the type with an example first");
    }
    return test(endpoint, type, Payload.of(example));
  }

  private CompletableFuture<Attempt> test(Endpoint endpoint, EventType type, Payload data) {
    Site site = requireSendingSite(endpoint.site());
    boolean isExample = !type.equals(EventType.TEST);
    List<FieldChange> what =
        isExample ? List.of(new FieldChange("type", null, type.name())) : List.of();
    return services
        .runtime()
        .test(event(site, type, data, endpoint), endpoint.id())
        .thenApplyAsync(
            attempt -> {
              String target = endpoint.id().toString();
              services.auditRecorder().done(AuditAction.ENDPOINT_TESTED, site.id(), target, what);
              return attempt;
            },
            services.blocking());
  }

  /** Sends a test event to an unregistered endpoint. */
  public CompletableFuture<EndpointTrial> begin(
      SiteId id, EndpointSpec requested, @Nullable SigningSecret given) {
    Site site = requireSendingSite(id);
    services.requireParts(requested, null);
    CheckedTargets targets = services.targets().check(requested, null);
    SigningSecret secret = services.secret(given, SecretType.HMAC);
    Instant now = services.clock().instant();
    Endpoint endpoint =
        services
            .writer(targets)
            .create(
                id, new EndpointId(services.ids().next(now)), withDefaults(requested), secret, now);
    services.process().probeRateLimiter().count(id, now);
    Event test = event(site, EventType.TEST, data("null", site), endpoint);
    return services
        .probe()
        .send(test, site, endpoint)
        .thenApplyAsync(
            attempt -> {
              recordAudit(endpoint);
              SignedRequest request = services.probe().request(attempt, test, site, endpoint);
              return new EndpointTrial(
                  attempt,
                  secret,
                  EndpointWarnings.ofNames(endpoint, targets),
                  SentRequest.of(
                      attempt.url(),
                      request,
                      endpoint,
                      HeaderView.of(endpoint, services.cipher())));
            },
            services.blocking());
  }

  private Site requireSendingSite(SiteId id) {
    Site site = services.configHolder().site(id);
    if (!site.settings().webHooksEnabled()) {
      throw new ConflictException("the site's webHooksEnabled is false; nothing is sent");
    }
    services.configHolder().requireDelivery();
    return site;
  }

  /** Returns an event for one endpoint, with a sample of each routing value that the URL needs. */
  private Event event(Site site, EventType type, Payload data, Endpoint endpoint) {
    Instant now = services.clock().instant();
    EventId id = EventId.of(services.ids().next(now));
    Envelope envelope = site.settings().envelope();
    Payload payload = envelope.wrap(type, now, data);
    EventOptions options =
        new EventOptions(
            Map.of(),
            type.equals(EventType.TEST) ? List.of() : List.of(endpoint.id()),
            null,
            null,
            endpoint.url().isTemplate() ? endpoint.url().samples() : Map.of(),
            null,
            envelope.style() == Envelope.Style.RAW && Envelope.looksWrapped(type, now, payload));
    return IndexedEvents.indexed(
        services.configHolder().config(),
        new Event(id, site.id(), type, now, now, payload, null, options));
  }

  /** Adds event types if none are given: they do not matter, as only one test event is sent. */
  private static EndpointSpec withDefaults(EndpointSpec requested) {
    return requested.values().get(EndpointFields.EVENT_TYPES) == null
        ? requested.types("*")
        : requested;
  }

  private void recordAudit(Endpoint endpoint) {
    String host = endpoint.url().host();
    AuditSnapshot.Field url = AuditSnapshot.of(endpoint, services.cipher()).get("url");
    services
        .auditRecorder()
        .done(
            AuditAction.ENDPOINT_TRIED,
            endpoint.site(),
            host.substring(0, Math.min(MAX_TARGET_LENGTH, host.length())),
            List.of(new FieldChange("url", null, String.valueOf(url))));
  }
}
