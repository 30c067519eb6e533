package dev.hookferry.internal;

import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.body.BodySettings;
import dev.hookferry.body.BodyTemplate;
import dev.hookferry.body.VersionedBody;
import dev.hookferry.catalog.EventTypeDefinition;
import dev.hookferry.catalog.SchemaVersion;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.field.DurationText;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.signing.Signature;
import dev.hookferry.site.SettingsByName;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import dev.hookferry.site.SiteSigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Field-by-field view of a configured object for the audit log, with secrets masked. */
public final class AuditSnapshot {
  private static final int MAX_TEXT = 1_000;

  private AuditSnapshot() {}

  /**
   * One field of a snapshot.
   *
   * @param shown the displayed value, masked for a secret
   * @param raw the value to compare
   */
  public record Field(String shown, Object raw) {
    static Field of(String value) {
      return new Field(value, value);
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  static Map<String, Field> of(Site site) {
    Map<String, Field> fields = new LinkedHashMap<>();
    SiteProfile profile = site.profile();
    optional(fields, "name", profile.name().isEmpty() ? null : profile.name());
    optional(fields, "uid", profile.uid());
    profile.metadata().forEach((name, value) -> fields.put("metadata." + name, Field.of(value)));
    SettingsByName.read(site.settings()).forEach((name, value) -> setting(fields, name, value));
    site.settings()
        .portal()
        .images()
        .forEach((use, image) -> fields.put("portal." + use.code(), Field.of(image.toString())));
    fields.remove("webHookSecretKey");
    secret(fields, "webHookSecretKey", site.settings().secretKey());
    List<SiteSigningKey> keys = site.settings().signingKeys().all();
    optional(fields, "signingKeys", keys.isEmpty() ? null : joined(keys, SiteSigningKey::kid));
    return fields;
  }

  /**
   * Adds a setting; a setting with parts is flattened into names such as {@code portal.enabled}.
   */
  private static void setting(Map<String, Field> fields, String name, @Nullable Object value) {
    if (value instanceof Map<?, ?> parts) {
      parts.forEach((part, inner) -> setting(fields, name + "." + part, inner));
    } else {
      fields.put(name, Field.of(String.valueOf(value)));
    }
  }

  public static Map<String, Field> of(Endpoint endpoint, SecretCipher cipher) {
    Map<String, Field> fields = new LinkedHashMap<>();
    EndpointSigning signing = endpoint.signing();
    String url = endpoint.url().text();
    // Query strings often contain credentials of the receiver.
    int query = url.indexOf('?');
    String shown = query < 0 ? url : url.substring(0, query + 1) + SettingsByName.MASK;
    fields.put("url", new Field(shown, url));
    fields.put("eventTypes", Field.of(joined(endpoint.eventTypes(), EventTypeFilter::pattern)));
    fields.put("description", Field.of(endpoint.description()));
    Map<String, String> headers = HeaderView.of(endpoint, cipher);
    for (CustomHeader header : endpoint.headers()) {
      String value = Objects.requireNonNull(headers.get(header.name()), header.name());
      fields.put("headers." + header.name(), new Field(value, header));
    }
    fields.put("signatures", Field.of(joined(signing.signatures(), Signature::toString)));
    status(fields, endpoint.status());
    optional(fields, "retry", endpoint.retry());
    request(fields, endpoint);
    optional(fields, "limits", endpoint.limits());
    optional(fields, "uid", endpoint.uid());
    endpoint.labels().forEach((name, value) -> fields.put("labels." + name, Field.of(value)));
    endpoint.metadata().forEach((name, value) -> fields.put("metadata." + name, Field.of(value)));
    optional(fields, "filter", endpoint.filter());
    optional(fields, "order", endpoint.order().isByKey() ? endpoint.order().code() : null);
    boolean skips = "skip".equals(endpoint.order().onExhaustion());
    optional(fields, "onExhaustion", skips ? "skip" : null);
    owned(fields, endpoint.ownership());
    secret(fields, "qlmSecret", signing.qlmSecret());
    secret(fields, "secret", signing.secrets().isEmpty() ? null : signing.secrets());
    String kids =
        signing.secrets().stream()
            .map(EndpointSecret::publicKey)
            .filter(Objects::nonNull)
            .map(Ed25519PublicKey::kid)
            .collect(Collectors.joining(","));
    optional(fields, "publicKeys", kids.isEmpty() ? null : kids);
    return fields;
  }

  private static void status(Map<String, Field> fields, EndpointStatus status) {
    fields.put("enabled", Field.of(Boolean.toString(status.enabled())));
    optional(fields, "disabledReason", status.reason());
    optional(fields, "releasePerSecond", status.perSecond());
    optional(fields, "disablesAt", status.disablesAt());
  }

  static void addResumed(Map<String, Field> fields, EndpointStatus status) {
    optional(fields, "resumedAt", status.since());
  }

  private static void owned(Map<String, Field> fields, Ownership ownership) {
    boolean isCustomers = ownership.urlFrom() == Party.CUSTOMER;
    optional(fields, "urlFrom", isCustomers ? Party.CUSTOMER.code() : null);
    boolean isOperators = ownership.managedBy() == Party.OPERATOR;
    optional(fields, "managedBy", isOperators ? Party.OPERATOR.code() : null);
  }

  private static void request(Map<String, Field> fields, Endpoint endpoint) {
    Duration timeout = endpoint.timeout();
    optional(fields, "timeout", timeout == null ? null : DurationText.of(timeout));
    EndpointAuth auth = endpoint.auth();
    if (auth != null) {
      fields.put("auth", new Field(auth.summary(), auth));
    }
    body(fields, endpoint.body());
    ClientCertificate certificate = endpoint.tls().clientCertificate();
    if (certificate != null) {
      fields.put("clientCertificate", new Field(certificate.details().toString(), certificate));
    }
    String trusted = endpoint.tls().trustedSubjects();
    if (trusted != null) {
      String shown = trusted.substring(0, Math.min(MAX_TEXT, trusted.length()));
      fields.put("trustedCa", new Field(shown, String.valueOf(endpoint.tls().trustedCa())));
    }
    optional(fields, "egress", endpoint.egress());
    boolean traced = endpoint.settings().request().propagateTrace();
    optional(fields, "propagateTrace", traced ? "true" : null);
    SuccessStatuses statuses = endpoint.successStatuses();
    optional(fields, "successStatuses", statuses.isDefault() ? null : statuses);
  }

  static Map<String, Field> of(EventTypeDefinition definition) {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("description", Field.of(definition.description()));
    brief(fields, "example", definition.example());
    fields.put("policy", Field.of(definition.policy().code()));
    fields.put("deprecated", Field.of(Boolean.toString(definition.deprecated())));
    optional(fields, "archived", definition.archived() ? "true" : null);
    SchemaVersion schema = definition.schema().orElse(null);
    optional(fields, "version", schema == null ? null : schema.number());
    brief(fields, "schema", schema == null ? null : schema.schema());
    return fields;
  }

  /**
   * Adds the schema versions that both definitions have but neither uses; an import may replace
   * them.
   */
  static void addOlderSchemas(
      Map<String, Field> fields, EventTypeDefinition definition, EventTypeDefinition other) {
    for (SchemaVersion version : definition.versions()) {
      int number = version.number();
      boolean isInForce =
          Stream.of(definition, other)
              .flatMap(each -> each.schema().stream())
              .anyMatch(each -> each.number() == number);
      if (!isInForce && other.version(number).isPresent()) {
        brief(fields, "schemas." + number, version.schema());
      }
    }
  }

  /** Adds a text, shown in full only up to 1,000 characters: examples and schemas may be long. */
  private static void brief(Map<String, Field> fields, String name, @Nullable String text) {
    if (text != null) {
      String end = text.length() <= MAX_TEXT ? "" : "… (" + text.length() + " characters)";
      String shown = text.substring(0, Math.min(MAX_TEXT, text.length())) + end;
      fields.put(name, new Field(shown, text));
    }
  }

  static Map<String, Field> of(ApiKey key) {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("name", Field.of(key.name()));
    fields.put("scopes", Field.of(joined(key.scopes(), Scope::code)));
    if (key.site() != null) {
      fields.put("site", Field.of(key.site().value()));
    }
    return fields;
  }

  private static void body(Map<String, Field> fields, VersionedBody body) {
    BodySettings settings = body.settings();
    if (settings != null) {
      fields.put("body.format", Field.of(settings.format().code()));
      optional(fields, "body.mode", settings.binary() ? "binary" : null);
      optional(fields, "body.mapper", settings.mapper());
      BodyTemplate template = settings.template();
      brief(fields, "body.template", template == null ? null : template.text());
    }
  }

  private static void optional(Map<String, Field> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, Field.of(value.toString()));
    }
  }

  private static void secret(Map<String, Field> fields, String name, @Nullable Object sealed) {
    if (sealed != null) {
      fields.put(name, new Field(SettingsByName.MASK, sealed));
    }
  }

  private static <T> String joined(Iterable<T> items, Function<T, String> word) {
    List<String> words = new ArrayList<>();
    items.forEach(thing -> words.add(word.apply(thing)));
    return words.stream().sorted().collect(Collectors.joining(","));
  }

  /** Returns the fields that differ between two states of an endpoint. */
  public static List<FieldChange> between(Endpoint before, Endpoint after, SecretCipher cipher) {
    return between(of(before, cipher), of(after, cipher));
  }

  /** Returns the fields that differ. */
  static List<FieldChange> between(Map<String, Field> before, Map<String, Field> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<FieldChange> changes = new ArrayList<>();
    for (String name : names) {
      Field old = before.get(name);
      Field fresh = after.get(name);
      if (!Objects.equals(old == null ? null : old.raw(), fresh == null ? null : fresh.raw())) {
        changes.add(new FieldChange(name, shown(old), shown(fresh)));
      }
    }
    return changes;
  }

  private static @Nullable String shown(@Nullable Field field) {
    return field == null ? null : field.shown();
  }

  /** Returns a change for each field, from its value to none. */
  static List<FieldChange> removed(Map<String, Field> before) {
    return between(before, Map.of());
  }
}
