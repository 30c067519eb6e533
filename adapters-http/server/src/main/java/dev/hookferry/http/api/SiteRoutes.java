package dev.hookferry.http.api;

import dev.hookferry.Sites;
import dev.hookferry.Webhooks;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.resource.SiteJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.route.SiteIdentityGuard;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteFields;
import dev.hookferry.site.SiteProfile;

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
    RequestFields fields = call.given(SiteFields.NEW);
    String text = fields.required("id");
    FieldValues values = SiteFields.NEW.read(fields);
    fields.check();
    Site created = acting(call).create(id(text), profile(SiteProfile.NONE, values));
    return HttpReply.json(201, JsonOutput.one(SiteJson.SITE, created));
  }

  HttpReply get(Call call) {
    return HttpReply.ok(JsonOutput.one(SiteJson.SITE, webhooks.sites().get(call.site())));
  }

  HttpReply change(Call call) {
    RequestFields fields = call.given(SiteFields.CHANGE, SiteJson.READ_ONLY);
    FieldValues values = SiteFields.CHANGE.read(fields);
    fields.check();
    Site changed =
        acting(call)
            .change(
                call.site(),
                before -> SiteIdentityGuard.permitted(call, before, profile(before, values)));
    return HttpReply.ok(JsonOutput.one(SiteJson.SITE, changed));
  }

  private static SiteProfile profile(SiteProfile before, FieldValues values) {
    String uid = values.get(SiteFields.UID);
    boolean keepsUid = uid == null && !values.isReset(SiteFields.UID);
    return before
        .name(values.get(SiteFields.NAME, before.name()))
        .uid(keepsUid ? before.uid() : uid)
        .metadata(values.get(SiteFields.METADATA, before.metadata()));
  }

  private Sites acting(Call call) {
    return webhooks.actingAs(call.actor()).sites();
  }

  HttpReply remove(Call call) {
    acting(call).remove(call.site());
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
