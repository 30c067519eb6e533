package dev.hookferry.jdbc.config;

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
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.dialect.Dialect;
import dev.hookferry.jdbc.dialect.RowReader;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.SignatureScheme;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Reads the configuration back. */
final class SqlConfigReader {
  private final Dialect dialect;
  private final RowReader reading;

  SqlConfigReader(Dialect dialect) {
    this.dialect = dialect;
    reading = new RowReader(dialect);
  }

  Config read(Handle handle, long version) {
    Map<UUID, List<CustomHeader>> headers =
        byEndpoint(
            handle,
            "SELECT * FROM hookferry_endpoint_header ORDER BY endpoint_id, position",
            (row, context) ->
                new CustomHeader(row.getString("name"), sealed(row), row.getBoolean("is_secret")));
    Map<UUID, List<EndpointSecret>> secrets =
        byEndpoint(
            handle,
            "SELECT * FROM hookferry_endpoint_secret ORDER BY endpoint_id, position",
            (row, context) -> new EndpointSecret(sealed(row), dialect.readTime(row, "expires_at")));
    return new Config(
        version,
        byId(handle, "SELECT * FROM hookferry_site", site(), Site::id),
        byId(handle, "SELECT * FROM hookferry_endpoint", endpoint(headers, secrets), Endpoint::id),
        byId(handle, "SELECT * FROM hookferry_api_key", key(), ApiKey::id),
        handle
            .createQuery("SELECT rotation FROM hookferry_config")
            .map((row, context) -> row.getString("rotation"))
            .one());
  }

  private static Sealed sealed(ResultSet row) throws SQLException {
    return new Sealed(row.getString("sealed"));
  }

  private static <K, T> Map<K, T> byId(
      Handle handle, String sql, RowMapper<T> mapper, Function<T, K> id) {
    return handle.createQuery(sql).map(mapper).stream().collect(Collectors.toMap(id, t -> t));
  }

  private <T> Map<UUID, List<T>> byEndpoint(Handle handle, String sql, RowMapper<T> mapper) {
    Map<UUID, List<T>> all = new HashMap<>();
    handle
        .createQuery(sql)
        .map(
            (row, context) ->
                all.computeIfAbsent(reading.uuid(row, "endpoint_id"), id -> new ArrayList<>())
                    .add(mapper.map(row, context)))
        .list();
    return all;
  }

  private RowMapper<Site> site() {
    return (row, context) ->
        new Site(
            new SiteId(row.getString("id")),
            new SiteSettings(
                row.getBoolean("web_hooks_enabled"),
                retry(row, row.getInt("max_retries")),
                sealedOrNull(row, "secret_key"),
                new Envelope(
                    constant(Envelope.Style.class, row.getString("envelope_style")),
                    row.getString("envelope_type_field"),
                    row.getString("envelope_license_field"),
                    row.getString("envelope_customer_field")),
                new EventCatalog(
                    words(row.getString("event_types"))
                        .map(EventType::new)
                        .collect(Collectors.toSet()))),
            reading.time(row, "created_at"));
  }

  private RowMapper<Endpoint> endpoint(
      Map<UUID, List<CustomHeader>> headers, Map<UUID, List<EndpointSecret>> secrets) {
    return (row, context) -> {
      UUID id = reading.uuid(row, "id");
      int maxRetries = row.getInt("max_retries");
      RetrySettings retry = row.wasNull() ? null : retry(row, maxRetries);
      EndpointSigning signing =
          new EndpointSigning(
              words(row.getString("signatures"))
                  .map(word -> constant(SignatureScheme.class, word))
                  .collect(Collectors.toSet()),
              sealedOrNull(row, "qlm_secret"),
              secrets.getOrDefault(id, List.of()));
      return new Endpoint(
          new EndpointId(id),
          new SiteId(row.getString("site")),
          TargetUrl.parse(row.getString("url")),
          words(row.getString("event_types")).map(EventTypeFilter::new).toList(),
          row.getString("description"),
          headers.getOrDefault(id, List.of()),
          signing,
          standing(row),
          retry,
          reading.time(row, "created_at"));
    };
  }

  private EndpointStatus standing(ResultSet row) throws SQLException {
    int rate = row.getInt("release_per_second");
    Integer perSecond = row.wasNull() ? null : rate;
    return new EndpointStatus(
        row.getBoolean("enabled"),
        row.getString("disabled_reason"),
        dialect.readTime(row, "standing_since"),
        perSecond);
  }

  private RowMapper<ApiKey> key() {
    return (row, context) -> {
      String site = row.getString("site");
      return new ApiKey(
          new KeyId(reading.uuid(row, "id")),
          row.getString("name"),
          words(row.getString("scopes"))
              .map(word -> constant(Scope.class, word))
              .collect(Collectors.toSet()),
          site == null ? null : new SiteId(site),
          row.getString("sha256"),
          reading.time(row, "created_at"));
    };
  }

  private static RetrySettings retry(ResultSet row, int maxRetries) throws SQLException {
    return new RetrySettings(
        maxRetries,
        Duration.ofMillis(row.getLong("retry_interval_ms")),
        constant(RetrySettings.Backoff.class, row.getString("retry_backoff")));
  }

  private static @Nullable Sealed sealedOrNull(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : new Sealed(text);
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty());
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
