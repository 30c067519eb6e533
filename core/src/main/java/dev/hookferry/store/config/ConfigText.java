package dev.hookferry.store.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSettings;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.filter.Filter;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stored form of configuration resources, used by every store: one line of JSON in ASCII each.
 * Together with {@link RequestSettingsText}, this is the only place that defines how settings are
 * written. A new setting needs one line to write it and one line to read it, with a default.
 * Unknown members are refused, because ignoring a setting would deliver differently from the
 * endpoint's configuration.
 */
public final class ConfigText {
  private ConfigText() {}

  public static String write(Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint");
    EndpointSigning signing = endpoint.signing();
    EndpointStatus status = endpoint.status();
    JsonWriter json = new JsonWriter();
    json.text("id", endpoint.id().toString())
        .text("site", endpoint.site().value())
        .text("url", endpoint.url().text())
        .text("description", endpoint.description())
        .text("createdAt", endpoint.createdAt().toString())
        .flag("enabled", status.enabled())
        .text("disabledReason", status.reason())
        .text("stateSince", status.since() == null ? null : status.since().toString())
        .number("releasePerSecond", status.perSecond())
        .text("disablesAt", status.disablesAt() == null ? null : status.disablesAt().toString())
        .texts("eventTypes", endpoint.eventTypes().stream().map(EventTypeFilter::pattern).toList())
        .objects("signatures", signing.signatures(), ConfigText::signature)
        .text("qlmSecret", signing.qlmSecret() == null ? null : signing.qlmSecret().text())
        .objects("secrets", signing.secrets(), ConfigText::secret)
        .object("retry", endpoint.retry(), ConfigText::retry)
        .object("limits", endpoint.limits(), ConfigText::limits)
        .text("uid", endpoint.uid())
        .textsByName("labels", endpoint.labels())
        .textsByName("metadata", endpoint.metadata())
        .text("filter", endpoint.filter() == null ? null : endpoint.filter().text())
        .text("order", endpoint.order().isByKey() ? endpoint.order().name() : null);
    RequestSettingsText.write(json, endpoint.settings().request());
    if (!endpoint.expiryNotices().isEmpty()) {
      json.texts("expiryNotices", sorted(endpoint.expiryNotices(), Function.identity()));
    }
    write(json, endpoint.ownership());
    return json.end();
  }

  public static Endpoint endpoint(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return new Endpoint(
        members.text("id", EndpointId::parse),
        members.text("site", SiteId::new),
        members.text("url", TargetUrl::template),
        settings(members),
        status(members),
        members.text("createdAt", Instant::parse),
        Set.copyOf(members.textsIfThere("expiryNotices", Function.identity())),
        ownership(members));
  }

  private static void write(JsonWriter json, Ownership ownership) {
    if (ownership.urlFrom() != Ownership.DEFAULT.urlFrom()) {
      json.text("urlFrom", ownership.urlFrom().code());
    }
    if (ownership.managedBy() != Ownership.DEFAULT.managedBy()) {
      json.text("managedBy", ownership.managedBy().code());
    }
  }

  private static Ownership ownership(JsonMembers members) {
    Party from = members.textOrNull("urlFrom", Party::fromCode);
    Party manager = members.textOrNull("managedBy", Party::fromCode);
    return new Ownership(
        from == null ? Ownership.DEFAULT.urlFrom() : from,
        manager == null ? Ownership.DEFAULT.managedBy() : manager);
  }

  private static EndpointSettings settings(JsonMembers members) {
    return EndpointSettings.of(members.texts("eventTypes", EventTypeFilter::new), signing(members))
        .description(members.text("description"))
        .request(RequestSettingsText.read(members))
        .retry(members.objectOrNull("retry", ConfigText::retry))
        .limits(members.objectOrNull("limits", ConfigText::limits))
        .uid(members.textOrNull("uid", Function.identity()))
        .labels(members.textsByName("labels"))
        .metadata(members.textsByName("metadata"))
        .filter(members.textOrNull("filter", Filter::stored))
        .storedOrder(members.textOrNull("order", Function.identity()))
        .build();
  }

  public static String write(ApiKey key) {
    Objects.requireNonNull(key, "key");
    return new JsonWriter()
        .text("id", key.id().toString())
        .text("name", key.name())
        .texts("scopes", sorted(key.scopes(), Scope::name))
        .text("site", key.site() == null ? null : key.site().value())
        .text("sha256", key.sha256())
        .text("createdAt", key.createdAt().toString())
        .end();
  }

  public static ApiKey key(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return new ApiKey(
        members.text("id", KeyId::parse),
        members.text("name"),
        Set.copyOf(members.texts("scopes", Scope::valueOf)),
        members.textOrNull("site", SiteId::new),
        members.text("sha256"),
        members.text("createdAt", Instant::parse));
  }

  /**
   * Writes a running rotation; returns null for the end of a rotation, which has no stored form.
   */
  public static @Nullable String write(ConfigChange.PutRotation rotation) {
    Objects.requireNonNull(rotation, "rotation");
    return rotation.key() == null ? null : new JsonWriter().text("key", rotation.key()).end();
  }

  public static ConfigChange.PutRotation rotation(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return new ConfigChange.PutRotation(members.text("key"));
  }

  private static EndpointSigning signing(JsonMembers members) {
    return new EndpointSigning(
        members.objects("signatures", ConfigText::signature),
        members.textOrNull("qlmSecret", Sealed::new),
        members.objects("secrets", ConfigText::secret));
  }

  private static void signature(JsonWriter json, Signature signature) {
    Instant until = signature.until();
    json.text("profile", signature.profile().name())
        .text("until", until == null ? null : until.toString());
    if (!signature.options().isEmpty()) {
      json.textsByName("options", signature.options());
    }
  }

  private static Signature signature(JsonMembers members) {
    return new Signature(
        members.text("profile", SignatureProfile::valueOf),
        members.textsByName("options"),
        members.textOrNull("until", Instant::parse));
  }

  private static EndpointStatus status(JsonMembers members) {
    Long perSecond = members.numberOrNull("releasePerSecond");
    return new EndpointStatus(
        members.flag("enabled"),
        members.textOrNull("disabledReason", Function.identity()),
        members.textOrNull("stateSince", Instant::parse),
        perSecond == null ? null : Math.toIntExact(perSecond),
        members.textOrNull("disablesAt", Instant::parse));
  }

  private static void secret(JsonWriter json, EndpointSecret secret) {
    json.text("secret", secret.secret().text())
        .text("expiresAt", secret.expiresAt() == null ? null : secret.expiresAt().toString())
        .text("publicKey", secret.publicKey() == null ? null : secret.publicKey().text())
        .text("createdAt", secret.createdAt() == null ? null : secret.createdAt().toString());
  }

  private static EndpointSecret secret(JsonMembers members) {
    return new EndpointSecret(
        members.text("secret", Sealed::new),
        members.textOrNull("expiresAt", Instant::parse),
        members.textOrNull("publicKey", Ed25519PublicKey::new),
        members.textOrNull("createdAt", Instant::parse));
  }

  static void limits(JsonWriter json, SendLimits limits) {
    json.text("rate", limits.rate() == null ? null : limits.rate().toString())
        .number("concurrency", limits.concurrency());
  }

  static SendLimits limits(JsonMembers members) {
    Long concurrency = members.numberOrNull("concurrency");
    return new SendLimits(
        members.textOrNull("rate", SendRate::parse),
        concurrency == null ? null : Math.toIntExact(concurrency));
  }

  static void retry(JsonWriter json, RetrySettings retry) {
    if (!retry.schedule().isEmpty()) {
      json.texts("schedule", retry.schedule().stream().map(Duration::toString).toList());
      return;
    }
    json.number("maxRetries", retry.maxRetries())
        .text("interval", retry.interval().toString())
        .text("backoff", retry.backoff().name());
  }

  static RetrySettings retry(JsonMembers members) {
    if (members.names().contains("schedule")) {
      return RetrySettings.schedule(members.texts("schedule", Duration::parse));
    }
    return RetrySettings.of(
            Math.toIntExact(members.number("maxRetries")),
            members.text("interval", Duration::parse))
        .backoff(members.text("backoff", RetrySettings.Backoff::valueOf));
  }

  private static <T> List<String> sorted(Collection<T> all, Function<T, String> name) {
    return all.stream().map(name).sorted().toList();
  }
}
