package dev.hookferry.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hookferry.Sites;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Site;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.PageRequest;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;

/** Tenants. */
final class SiteRoutes {
  private final Sites sites;

  SiteRoutes(Webhooks webhooks) {
    sites = webhooks.sites();
  }

  Reply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return Reply.ok(Json.page(SiteRoutes::write, sites.list(part)));
  }

  Reply create(Call call) {
    Fields fields = call.fields("id");
    String text = fields.required("id");
    fields.check();
    return Reply.json(201, Json.one(SiteRoutes::write, sites.create(id(text))));
  }

  Reply remove(Call call) {
    sites.remove(call.site());
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
