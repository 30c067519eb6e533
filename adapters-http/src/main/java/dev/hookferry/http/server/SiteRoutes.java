package dev.hookferry.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Site;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;

/** Tenants. */
final class SiteRoutes {
  private final Webhooks webhooks;

  SiteRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  Reply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return Reply.ok(Json.page(SiteRoutes::write, webhooks.sites().list(part)));
  }

  Reply create(Call call) {
    Fields fields = call.fields("id");
    String text = fields.required("id");
    fields.check();
    return Reply.json(
        201, Json.one(SiteRoutes::write, webhooks.by(call.actor()).sites().create(id(text))));
  }

  Reply remove(Call call) {
    webhooks.by(call.actor()).sites().remove(call.site());
    return Reply.nothing();
  }

  private static SiteId id(String text) {
    try {
      return new SiteId(text);
    } catch (InvalidException e) {
      throw InvalidException.of("id", e.problems().get(0).reason());
    }
  }

  private static void write(JsonGenerator json, Site site) throws IOException {
    json.writeStartObject();
    Json.text(json, "id", site.id());
    Json.time(json, "createdAt", site.createdAt());
    json.writeEndObject();
  }
}
