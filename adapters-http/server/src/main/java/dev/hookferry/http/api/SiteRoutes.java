package dev.hookferry.http.api;

import dev.hookferry.Webhooks;
import dev.hookferry.http.resource.SiteJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.SiteFields;

/** Calls about sites. */
final class SiteRoutes {
  private final Webhooks webhooks;

  SiteRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    call.query().check();
    return HttpReply.ok(JsonOutput.one(SiteJson.PAGE, webhooks.sites().list(part)));
  }

  HttpReply create(Call call) {
    RequestFields fields = call.fields(SiteFields.NEW.names().toArray(String[]::new));
    String text = fields.required("id");
    fields.check();
    return HttpReply.json(
        201,
        JsonOutput.one(SiteJson.SITE, webhooks.actingAs(call.actor()).sites().create(id(text))));
  }

  HttpReply remove(Call call) {
    webhooks.actingAs(call.actor()).sites().remove(call.site());
    return HttpReply.nothing();
  }

  private static SiteId id(String text) {
    try {
      return new SiteId(text);
    } catch (InvalidException e) {
      throw InvalidException.of("id", e.problems().get(0).reason());
    }
  }
}
