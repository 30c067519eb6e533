package dev.hookferry.file.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSecret;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.id.EventType;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.signing.SignatureScheme;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the configuration as JSON for people to read: sorted and indented. */
final class JsonConfigWriter {
  private final JsonGenerator json;

  private JsonConfigWriter(JsonGenerator json) {
    this.json = json;
  }

  /** The JSON, beginning with a line that has nothing but the opening brace. */
  static byte[] write(Config config) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.setPrettyPrinter(
          new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines));
      new JsonConfigWriter(json).config(config);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private void config(Config config) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", config.version());
    if (config.rotation() != null) {
      json.writeStringField("rotation", config.rotation());
    }
    json.writeArrayFieldStart("sites");
    for (Site site : sorted(config.sites().values(), Comparator.comparing(s -> s.id().value()))) {
      site(site);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("endpoints");
    for (Endpoint endpoint :
        sorted(config.endpoints().values(), Comparator.comparing(e -> e.id().toString()))) {
      endpoint(endpoint);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("keys");
    for (ApiKey key :
        sorted(config.keys().values(), Comparator.comparing(k -> k.id().toString()))) {
      key(key);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static <T> List<T> sorted(Collection<T> values, Comparator<T> order) {
    return values.stream().sorted(order).toList();
  }

  private void site(Site site) throws IOException {
    SiteSettings settings = site.settings();
    json.writeStartObject();
    json.writeStringField("id", site.id().value());
    json.writeStringField("createdAt", site.createdAt().toString());
    json.writeBooleanField("webHooksEnabled", settings.webHooksEnabled());
    retry(settings.retry());
    sealed("secretKey", settings.secretKey());
    Envelope envelope = settings.envelope();
    json.writeObjectFieldStart("envelope");
    json.writeStringField("style", envelope.style().name());
    json.writeStringField("typeField", envelope.typeField());
    json.writeStringField("licenseField", envelope.licenseField());
    json.writeStringField("customerField", envelope.customerField());
    json.writeEndObject();
    texts(
        "eventTypes",
        settings.catalog().declared().stream().map(EventType::name).sorted().toList());
    json.writeEndObject();
  }

  private void endpoint(Endpoint endpoint) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", endpoint.id().toString());
    json.writeStringField("site", endpoint.site().value());
    json.writeStringField("url", endpoint.url().text());
    json.writeStringField("description", endpoint.description());
    json.writeStringField("createdAt", endpoint.createdAt().toString());
    standing(endpoint.standing());
    texts("eventTypes", endpoint.eventTypes().stream().map(EventTypeFilter::pattern).toList());
    json.writeArrayFieldStart("headers");
    for (CustomHeader header : endpoint.headers()) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      sealed("value", header.value());
      if (header.marked()) {
        json.writeBooleanField("secret", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    signing(endpoint.signing());
    retry(endpoint.retry());
    json.writeEndObject();
  }

  /** Only what is as usual from the registration on is left out. */
  private void standing(EndpointStatus standing) throws IOException {
    json.writeBooleanField("enabled", standing.enabled());
    text("disabledReason", standing.reason());
    text("standingSince", standing.since() == null ? null : standing.since().toString());
    if (standing.perSecond() != null) {
      json.writeNumberField("releasePerSecond", standing.perSecond());
    }
  }

  private void signing(EndpointSigning signing) throws IOException {
    texts("signatures", signing.schemes().stream().map(SignatureScheme::name).sorted().toList());
    sealed("qlmSecret", signing.qlmSecret());
    json.writeArrayFieldStart("secrets");
    for (EndpointSecret secret : signing.secrets()) {
      json.writeStartObject();
      sealed("secret", secret.secret());
      text("expiresAt", secret.expiresAt() == null ? null : secret.expiresAt().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void key(ApiKey key) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", key.id().toString());
    json.writeStringField("name", key.name());
    texts("scopes", key.scopes().stream().map(Scope::name).sorted().toList());
    text("site", key.site() == null ? null : key.site().value());
    json.writeStringField("sha256", key.sha256());
    json.writeStringField("createdAt", key.createdAt().toString());
    json.writeEndObject();
  }

  private void retry(@Nullable RetrySettings retry) throws IOException {
    if (retry != null) {
      json.writeObjectFieldStart("retry");
      json.writeNumberField("maxRetries", retry.maxRetries());
      json.writeStringField("interval", retry.interval().toString());
      json.writeStringField("backoff", retry.backoff().name());
      json.writeEndObject();
    }
  }

  private void sealed(String name, @Nullable Sealed value) throws IOException {
    text(name, value == null ? null : value.text());
  }

  private void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
