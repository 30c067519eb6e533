package dev.hookferry.file.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.file.line.JsonFields;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.SignatureScheme;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the JSON that {@link JsonConfigWriter} wrote. */
final class JsonConfigReader {
  private JsonConfigReader() {}

  /**
   * Reads a configuration.
   *
   * @throws IOException if it is no JSON
   * @throws IllegalArgumentException if a member is missing, wrong or unknown; the message names it
   */
  static Config read(byte[] text) throws IOException {
    JsonFields fields = JsonFields.parse(text);
    Config config =
        new Config(
            fields.number("version"),
            byId(fields.objects("sites", JsonConfigReader::site), Site::id),
            byId(fields.objects("endpoints", JsonConfigReader::endpoint), Endpoint::id),
            byId(fields.objects("keys", JsonConfigReader::key), ApiKey::id),
            fields.textOrNull("rotation", Function.identity()));
    fields.end();
    return config;
  }

  private static <K, V> Map<K, V> byId(Iterable<V> values, Function<V, K> id) {
    Map<K, V> map = new LinkedHashMap<>();
    values.forEach(value -> map.put(id.apply(value), value));
    return map;
  }

  private static Site site(JsonFields fields) {
    SiteId id = fields.text("id", SiteId::new);
    Instant createdAt = fields.text("createdAt", Instant::parse);
    SiteSettings settings =
        new SiteSettings(
            fields.flag("webHooksEnabled"),
            fields.object("retry", JsonConfigReader::retry),
            fields.textOrNull("secretKey", Sealed::new),
            fields.object("envelope", JsonConfigReader::envelope),
            new EventCatalog(Set.copyOf(fields.texts("eventTypes", EventType::new))));
    return new Site(id, settings, createdAt);
  }

  private static Envelope envelope(JsonFields fields) {
    return new Envelope(
        fields.text("style", Envelope.Style::valueOf),
        fields.text("typeField", Function.identity()),
        fields.text("licenseField", Function.identity()),
        fields.text("customerField", Function.identity()));
  }

  private static RetrySettings retry(JsonFields fields) {
    return new RetrySettings(
        Math.toIntExact(fields.number("maxRetries")),
        fields.text("interval", Duration::parse),
        fields.text("backoff", RetrySettings.Backoff::valueOf));
  }

  private static Endpoint endpoint(JsonFields fields) {
    return new Endpoint(
        fields.text("id", EndpointId::parse),
        fields.text("site", SiteId::new),
        fields.text("url", TargetUrl::parse),
        fields.texts("eventTypes", EventTypeFilter::new),
        fields.text("description", Function.identity()),
        fields.objects("headers", JsonConfigReader::header),
        signing(fields),
        standing(fields),
        fields.objectOrNull("retry", JsonConfigReader::retry),
        fields.text("createdAt", Instant::parse));
  }

  private static EndpointStatus standing(JsonFields fields) {
    Long perSecond = fields.numberOrNull("releasePerSecond");
    return new EndpointStatus(
        fields.flag("enabled"),
        fields.textOrNull("disabledReason", Function.identity()),
        fields.textOrNull("standingSince", Instant::parse),
        perSecond == null ? null : Math.toIntExact(perSecond));
  }

  private static CustomHeader header(JsonFields fields) {
    return new CustomHeader(
        fields.text("name", Function.identity()),
        fields.text("value", Sealed::new),
        fields.flagIfThere("secret"));
  }

  private static EndpointSigning signing(JsonFields fields) {
    return new EndpointSigning(
        fields.texts("signatures", SignatureScheme::valueOf).stream().collect(Collectors.toSet()),
        fields.textOrNull("qlmSecret", Sealed::new),
        fields.objects(
            "secrets",
            secret ->
                new EndpointSecret(
                    secret.text("secret", Sealed::new),
                    secret.textOrNull("expiresAt", Instant::parse))));
  }

  private static ApiKey key(JsonFields fields) {
    return new ApiKey(
        fields.text("id", KeyId::parse),
        fields.text("name", Function.identity()),
        Set.copyOf(fields.texts("scopes", Scope::valueOf)),
        fields.textOrNull("site", SiteId::new),
        fields.text("sha256", Function.identity()),
        fields.text("createdAt", Instant::parse));
  }
}
