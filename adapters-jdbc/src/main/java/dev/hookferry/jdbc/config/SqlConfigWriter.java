package dev.hookferry.jdbc.config;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EventType;
import dev.hookferry.jdbc.dialect.ColumnRows;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.ConfigChange;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes changes of the configuration. Lists of words are kept as one text, parted by blanks. */
final class SqlConfigWriter {
  private final Dialect dialect;

  SqlConfigWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  void apply(Handle handle, ConfigChange change) {
    if (change instanceof ConfigChange.PutSite put) {
      delete(handle, "hookferry_site", "id", put.site().id().value());
      insert(handle, put.site());
    } else if (change instanceof ConfigChange.RemoveSite remove) {
      removeSite(handle, remove.id().value());
    } else if (change instanceof ConfigChange.PutEndpoint put) {
      removeEndpoint(handle, put.endpoint().id().value());
      insert(handle, put.endpoint());
    } else if (change instanceof ConfigChange.RemoveEndpoint remove) {
      removeEndpoint(handle, remove.id().value());
    } else if (change instanceof ConfigChange.PutKey put) {
      delete(handle, "hookferry_api_key", "id", put.key().id().value());
      insert(handle, put.key());
    } else if (change instanceof ConfigChange.RemoveKey remove) {
      delete(handle, "hookferry_api_key", "id", remove.id().value());
    } else if (change instanceof ConfigChange.PutRotation put) {
      handle
          .createUpdate("UPDATE hookferry_config SET rotation = :key")
          .bind("key", put.key())
          .execute();
    }
  }

  private void removeSite(Handle handle, String site) {
    RowReader reading = new RowReader(dialect);
    handle
        .createQuery("SELECT id FROM hookferry_endpoint WHERE site = :site")
        .bind("site", site)
        .map((row, context) -> reading.uuid(row, "id"))
        .list()
        .forEach(endpoint -> removeEndpoint(handle, endpoint));
    delete(handle, "hookferry_api_key", "site", site);
    delete(handle, "hookferry_site", "id", site);
  }

  private static void removeEndpoint(Handle handle, UUID id) {
    delete(handle, "hookferry_endpoint_header", "endpoint_id", id);
    delete(handle, "hookferry_endpoint_secret", "endpoint_id", id);
    delete(handle, "hookferry_endpoint", "id", id);
  }

  private static void delete(Handle handle, String table, String column, Object value) {
    handle
        .createUpdate("DELETE FROM " + table + " WHERE " + column + " = :value")
        .bind("value", value)
        .execute();
  }

  private void insert(Handle handle, Site site) {
    SiteSettings settings = site.settings();
    Envelope envelope = settings.envelope();
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.text("id"),
            ColumnRows.flag("web_hooks_enabled"),
            ColumnRows.integer("max_retries"),
            ColumnRows.longInteger("retry_interval_ms"),
            ColumnRows.text("retry_backoff"),
            ColumnRows.text("secret_key"),
            ColumnRows.text("envelope_style"),
            ColumnRows.text("envelope_type_field"),
            ColumnRows.text("envelope_license_field"),
            ColumnRows.text("envelope_customer_field"),
            ColumnRows.text("event_types"),
            ColumnRows.time("created_at"));
    rows.add(
        site.id().value(),
        settings.webHooksEnabled(),
        settings.retry().maxRetries(),
        settings.retry().interval().toMillis(),
        word(settings.retry().backoff()),
        text(settings.secretKey()),
        word(envelope.style()),
        envelope.typeField(),
        envelope.licenseField(),
        envelope.customerField(),
        words(settings.catalog().declared(), EventType::name),
        site.createdAt());
    dialect.insert(handle, "hookferry_site", rows);
  }

  private void insert(Handle handle, Endpoint endpoint) {
    RetrySettings retry = endpoint.retry();
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("id"),
            ColumnRows.text("site"),
            ColumnRows.text("url"),
            ColumnRows.text("event_types"),
            ColumnRows.text("description"),
            ColumnRows.text("signatures"),
            ColumnRows.text("qlm_secret"),
            ColumnRows.flag("enabled"),
            ColumnRows.text("disabled_reason"),
            ColumnRows.time("standing_since"),
            ColumnRows.integer("release_per_second"),
            ColumnRows.integer("max_retries"),
            ColumnRows.longInteger("retry_interval_ms"),
            ColumnRows.text("retry_backoff"),
            ColumnRows.time("created_at"));
    rows.add(
        endpoint.id().value(),
        endpoint.site().value(),
        endpoint.url().text(),
        words(endpoint.eventTypes(), EventTypeFilter::pattern),
        endpoint.description(),
        words(endpoint.signing().schemes(), SqlConfigWriter::word),
        text(endpoint.signing().qlmSecret()),
        endpoint.enabled(),
        endpoint.standing().reason(),
        endpoint.standing().since(),
        endpoint.standing().perSecond(),
        retry == null ? null : retry.maxRetries(),
        retry == null ? null : retry.interval().toMillis(),
        retry == null ? null : word(retry.backoff()),
        endpoint.createdAt());
    dialect.insert(handle, "hookferry_endpoint", rows);
    insertHeaders(handle, endpoint);
    insertSecrets(handle, endpoint);
  }

  private void insertHeaders(Handle handle, Endpoint endpoint) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("endpoint_id"),
            ColumnRows.integer("position"),
            ColumnRows.text("name"),
            ColumnRows.text("sealed"),
            ColumnRows.flag("is_secret"));
    for (CustomHeader header : endpoint.headers()) {
      rows.add(
          endpoint.id().value(),
          rows.size(),
          header.name(),
          header.value().text(),
          header.marked());
    }
    dialect.insert(handle, "hookferry_endpoint_header", rows);
  }

  private void insertSecrets(Handle handle, Endpoint endpoint) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("endpoint_id"),
            ColumnRows.integer("position"),
            ColumnRows.text("sealed"),
            ColumnRows.time("expires_at"));
    for (EndpointSecret secret : endpoint.signing().secrets()) {
      rows.add(endpoint.id().value(), rows.size(), secret.secret().text(), secret.expiresAt());
    }
    dialect.insert(handle, "hookferry_endpoint_secret", rows);
  }

  private void insert(Handle handle, ApiKey key) {
    ColumnRows rows =
        ColumnRows.of(
            ColumnRows.uuid("id"),
            ColumnRows.text("name"),
            ColumnRows.text("scopes"),
            ColumnRows.text("site"),
            ColumnRows.text("sha256"),
            ColumnRows.time("created_at"));
    rows.add(
        key.id().value(),
        key.name(),
        words(key.scopes(), Scope::word),
        key.site() == null ? null : key.site().value(),
        key.sha256(),
        key.createdAt());
    dialect.insert(handle, "hookferry_api_key", rows);
  }

  private static <T> String words(Collection<T> things, Function<T, String> word) {
    return things.stream().map(word).collect(Collectors.joining(" "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String text(@Nullable Sealed sealed) {
    return sealed == null ? null : sealed.text();
  }
}
