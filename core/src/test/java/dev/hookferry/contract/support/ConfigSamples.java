package dev.hookferry.contract.support;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.EventTypeFields;
import dev.hookferry.catalog.SchemaPolicy;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.DeliveryOrder;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.Payload;
import dev.hookferry.event.SearchFields;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.site.PayloadRule;
import dev.hookferry.site.PortalImage;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.site.SiteSigningKey;
import dev.hookferry.site.SiteSigningKeys;
import dev.hookferry.store.config.ConfigChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Configurations to test with: every option set, and every optional one left out. */
public final class ConfigSamples {
  private static final BodySettings BODY =
      BodySettings.template("{ \"clé\": {\"$pointer\": \"/data/😀\"}, \"n\": 1.10}");

  private final Samples samples;

  public ConfigSamples(Samples samples) {
    this.samples = samples;
  }

  /** A configuration with something of everything. */
  public static List<ConfigChange> everything() {
    ConfigSamples samples = new ConfigSamples(new Samples(7));
    SiteId site = new SiteId("full");
    return List.of(
        new ConfigChange.PutSite(samples.fullSite(site.value())),
        new ConfigChange.PutEndpoint(samples.plainEndpoint(site)),
        new ConfigChange.PutEndpoint(samples.fullEndpoint(site)),
        new ConfigChange.PutEventType(samples.describedType(site)),
        new ConfigChange.PutKey(samples.key(site)),
        new ConfigChange.PutRotation("mk_2"));
  }

  public Site fullSite(String name) {
    SiteSettings settings =
        SiteSettings.DEFAULT
            .withWebHooksEnabled(false)
            .withRetry(RetrySettings.of(1000, Duration.ofDays(1)).exponential())
            .withSecretKey(sealed("key"))
            .withSubjectKey(sealed("subject key"))
            .withSigningKeys(signingKeys())
            .withEnvelope(new Envelope(Envelope.Style.STANDARD, "Kind", "License", "Customer"))
            .withCatalog(
                new EventCatalog(
                    Set.of(new EventType("order.paid"), new EventType("x-1")), true, true))
            .withTimeout(Duration.ofSeconds(5))
            .withEgress("eu")
            .withSearchFields(
                SearchFields.NONE.named(
                    "searchFields",
                    List.of("customer.id", "ActivationKey"),
                    Instant.parse("2026-02-01T08:00:00.5Z")))
            .withPortal(portal())
            .withLimits(SendLimits.of(SendRate.parse("5000/h")));
    SiteProfile profile =
        SiteProfile.NONE
            .name("clé-Ω 漢字 😀 \"\\")
            .uid("Full.1_" + name)
            .metadata(Map.of("Kunde Nr", "4711", "é", ""))
            .changedAt(samples.now());
    return new Site(new SiteId(name), profile, settings, samples.now());
  }

  /** Returns a site whose portal has the largest images. */
  public Site siteWithImages(SiteId id) {
    byte[] bytes = new byte[PortalImage.MAX_BYTES];
    new Random(163).nextBytes(bytes);
    PortalSettings portal = portal();
    for (PortalImage.Use use : PortalImage.Use.values()) {
      Payload content = Payload.wrap(bytes);
      portal = portal.withImage(use, new PortalImage(PortalImage.Format.PNG, content, 1, 1));
    }
    return new Site(id, SiteSettings.DEFAULT.withPortal(portal), samples.now());
  }

  private static PortalSettings portal() {
    return new PortalSettings(
        true,
        List.of("https://app.example.com"),
        "https://app.example.com/hooks?a=\"b\"",
        PortalSettings.PayloadView.FIELDS,
        List.of("data.order", "data.a-b"),
        Map.of(
            new EventType("order.paid"),
            PayloadRule.only("data.total"),
            new EventType("x-1"),
            PayloadRule.NONE),
        "#6122e7",
        "Größe 漢字 \"",
        Map.of("endpoint", "Empfänger", "fr.events", "évènements"),
        Map.of(
            PortalImage.Use.LOGO_DARK,
            new PortalImage(PortalImage.Format.PNG, Payload.wrap(new byte[100]), 9, 2_048),
            PortalImage.Use.ICON,
            new PortalImage(PortalImage.Format.SVG, Payload.of("<svg/>"), 1, 1)));
  }

  private static Ed25519PublicKey publicKey() {
    return new Ed25519PublicKey(Ed25519Key.generate(new Random(1)).publicKey());
  }

  private SiteSigningKeys signingKeys() {
    SiteSigningKey key =
        new SiteSigningKey(
            publicKey().text(), sealed("signing key"), samples.now().plusSeconds(60));
    return SiteSigningKeys.NONE.with(key, samples.now());
  }

  public Endpoint plainEndpoint(SiteId site) {
    return new Endpoint(
        samples.endpoint(),
        site,
        TargetUrl.parse("https://receiver.example/hook"),
        EndpointSettings.of(
                List.of(new EventTypeFilter("*")),
                new EndpointSigning(List.of(Signature.of(SignatureProfile.QLM)), null, List.of()))
            .build(),
        EndpointStatus.ENABLED,
        samples.now());
  }

  public Endpoint resumedEndpoint(SiteId site) {
    Instant now = samples.now();
    EndpointStatus status = EndpointStatus.resumed(now, 250).disablingAt(now.plusSeconds(90));
    return plainEndpoint(site).with(status);
  }

  public Endpoint fullEndpoint(SiteId site) {
    Instant now = samples.now();
    return new Endpoint(
            samples.endpoint(),
            site,
            TargetUrl.template("https://receiver.example:8443/a/{tenant}/b?of={tenant}%C3%A9&x=1"),
            EndpointSettings.of(
                    Stream.of("license_*", "customer_created", "a.b-*")
                        .map(EventTypeFilter::new)
                        .toList(),
                    fullSigning(now))
                .description("clé-Ω 漢字 😀 'quoted' \\ \"" + "x".repeat(400))
                .headers(
                    List.of(
                        new CustomHeader("X-Second", sealed("two")),
                        new CustomHeader("X-First", sealed("one"), true),
                        new CustomHeader("Authorization", sealed("clé-Ω"))))
                .retry(RetrySettings.schedule(List.of(Duration.ofSeconds(1), Duration.ofDays(2))))
                .timeout(Duration.ofMillis(7_500))
                .body(new VersionedBody(7, BODY))
                .egress("eu-1")
                .successStatuses(SuccessStatuses.of("2xx", "304"))
                .limits(new SendLimits(SendRate.parse("600/min"), 4))
                .order(DeliveryOrder.BY_KEY_SKIPPING)
                .uid("crm.EU_1-" + now.toEpochMilli())
                .labels(Map.of("region", "eu", "a.b_c-1", "clé-Ω 😀 \"\\"))
                .metadata(Map.of("Kunde Nr", "4711", "é", ""))
                .filter(Filter.stored("{ \"clé\": {\"$in\": [1.10, \"😀\\n\", null]} }"))
                .build(),
            EndpointStatus.disabled("the receiver responded with 410 Gone \\ \"é\"", now),
            now)
        .with(new Ownership(Party.CUSTOMER, Party.OPERATOR));
  }

  private static EndpointSigning fullSigning(Instant now) {
    return new EndpointSigning(
        List.of(Signature.of(SignatureProfile.QLM), Signature.of(SignatureProfile.STANDARD)),
        sealed("own"),
        List.of(
            new EndpointSecret(sealed("new"), null),
            new EndpointSecret(sealed("old"), now.plusSeconds(60)),
            new EndpointSecret(sealed("older"), now.plusMillis(1), publicKey(), now)));
  }

  /** A type with everything set and a name as long as one can be. */
  public EventTypeDefinition describedType(SiteId site) {
    Instant now = samples.now();
    String schema = "{ \"title\":\"\\\"clé-Ω 漢字 😀\\n\",\n \"type\":\"object\" }";
    return new EventTypeDefinition(
        site,
        new EventType("o" + "rder.Paid".repeat(14) + "_"),
        "clé-Ω 漢字 😀 'quoted' \\ \"\t\n",
        "{ \"é\" : [1.10, 12345678901234567890, null] }",
        SchemaPolicy.BLOCK,
        true,
        true,
        List.of(
            new SchemaVersion(3, "false", now), new SchemaVersion(4, schema, now.plusMillis(1))),
        now.minusSeconds(9),
        now);
  }

  /** A type whose stored text is as long as one can be: each of its characters is escaped. */
  public EventTypeDefinition largestType(SiteId site) {
    Instant now = samples.now();
    String schema = "\"" + "é".repeat(SchemaCompiler.MAX_BYTES / 2 - 1) + "\"";
    return new EventTypeDefinition(
        site,
        new EventType("largest"),
        "😀".repeat(1_000),
        "\"" + "é".repeat(EventTypeFields.MAX_EXAMPLE / 2 - 1) + "\"",
        SchemaPolicy.WARN,
        false,
        false,
        IntStream.rangeClosed(1, 3).mapToObj(i -> new SchemaVersion(i, schema, now)).toList(),
        now,
        now);
  }

  /** An endpoint with two secrets that are not sealed yet, and no wish for common events. */
  public Endpoint sealableEndpoint(SiteId site) {
    EndpointSigning signing =
        new EndpointSigning(
            List.of(Signature.of(SignatureProfile.STANDARD)),
            null,
            List.of(new EndpointSecret(new Sealed("plain:x"), null)));
    return plainEndpoint(site)
        .with(
            settings ->
                settings
                    .eventTypes(List.of(new EventTypeFilter("customer_deleted")))
                    .headers(List.of(new CustomHeader("X-First", new Sealed("plain:y"))))
                    .signing(signing));
  }

  public ApiKey key(@Nullable SiteId site) {
    Set<Scope> scopes = site == null ? Set.of(Scope.ADMIN) : Set.of(Scope.READ, Scope.PUBLISH);
    String sha256 = "%064x".formatted(samples.number(Integer.MAX_VALUE));
    return new ApiKey(
        new KeyId(samples.deliveryId().value()),
        "clé " + sha256,
        scopes,
        site,
        sha256,
        Samples.START);
  }

  private static Sealed sealed(String secret) {
    return new Sealed("v1:" + secret + "+/=" + "A".repeat(100));
  }
}
