package dev.hookferry.http.api;

import dev.hookferry.Keys;
import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyFields;
import dev.hookferry.access.Scope;
import dev.hookferry.http.resource.KeyJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.KeyId;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.UnknownName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
    return HttpReply.ok(JsonOutput.one(KeyJson.PAGE, webhooks.keys().list(part)));
  }

  /** Returns the key that authenticated this request. */
  HttpReply self(Call call) {
    KeyId id = Objects.requireNonNull(call.actor().key(), "key");
    ApiKey key = webhooks.keys().find(id).orElseThrow(() -> new NotFoundException("key", id));
    return HttpReply.ok(JsonOutput.one(KeyJson.KEY, key));
  }

  /** Creates a key. Only this reply shows it in clear text. */
  HttpReply create(Call call) {
    RequestFields fields = call.given(KeyFields.NEW);
    String name = fields.required(KeyFields.NAME.name());
    Set<Scope> scopes = scopes(fields);
    String site = fields.text(KeyFields.SITE.name());
    SiteId bound = site == null ? null : fields.problems().collect("", () -> new SiteId(site));
    fields.check();
    Keys.Issued issued = webhooks.actingAs(call.actor()).keys().create(name, scopes, bound);
    return HttpReply.json(201, JsonOutput.one(KeyJson.ISSUED, issued));
  }

  HttpReply remove(Call call) {
    webhooks.actingAs(call.actor()).keys().remove(call.id("key", KeyId::parse));
    return HttpReply.nothing();
  }

  private static Set<Scope> scopes(RequestFields fields) {
    Set<Scope> scopes = new LinkedHashSet<>();
    List<String> words = fields.texts(KeyFields.SCOPES.name());
    fields.problems().require(words != null, "scopes", "is missing: the key's permissions");
    for (String word : words == null ? List.<String>of() : words) {
      Scope.fromCode(word)
          .ifPresentOrElse(
              scopes::add, () -> fields.problems().add(unknown(CallerText.text(word))));
    }
    return scopes;
  }

  private static Problem unknown(String word) {
    List<String> known = Stream.of(Scope.values()).map(Scope::code).toList();
    return new Problem(
        "scopes", SCOPE + " (got " + word + ")", UnknownName.of(UnknownName.VALUE, word, known));
  }
}
