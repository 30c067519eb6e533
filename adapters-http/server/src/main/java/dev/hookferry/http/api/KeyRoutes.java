package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Keys;
import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls about API keys. */
final class KeyRoutes {
  private static final String SCOPE = "must name publish, read, manage or admin";

  private final Webhooks webhooks;

  KeyRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(
        JsonOutput.page((json, key) -> write(json, key, null), webhooks.keys().list(part)));
  }

  /** Creates a key; the reply is the only one that shows it. */
  HttpReply create(Call call) {
    RequestFields fields = call.givenFields("name", "scopes", "site");
    String name = fields.required("name");
    Set<Scope> scopes = scopes(fields);
    String site = fields.text("site");
    SiteId bound = site == null ? null : fields.problems().collect("", () -> new SiteId(site));
    fields.check();
    Keys.Issued issued = webhooks.by(call.actor()).keys().create(name, scopes, bound);
    return HttpReply.json(201, json -> write(json, issued.key(), issued.text()));
  }

  HttpReply remove(Call call) {
    webhooks.by(call.actor()).keys().remove(call.id("key", KeyId::parse));
    return HttpReply.nothing();
  }

  private static Set<Scope> scopes(RequestFields fields) {
    Set<Scope> scopes = new LinkedHashSet<>();
    List<String> words = fields.texts("scopes");
    fields.problems().require(words != null, "scopes", "is missing: the key's permissions");
    for (String word : words == null ? List.<String>of() : words) {
      Scope.ofWord(word).ifPresentOrElse(scopes::add, () -> fields.problems().add("scopes", SCOPE));
    }
    return scopes;
  }

  private static void write(JsonGenerator json, ApiKey key, @Nullable String text)
      throws IOException {
    json.writeStartObject();
    JsonOutput.text(json, "id", key.id());
    json.writeStringField("name", key.name());
    JsonOutput.texts(json, "scopes", key.scopes().stream().sorted().map(Scope::word).toList());
    JsonOutput.text(json, "site", key.site());
    JsonOutput.time(json, "createdAt", key.createdAt());
    if (text != null) {
      json.writeStringField("key", text);
    }
    json.writeEndObject();
  }
}
