package dev.hookferry.http.api;

import dev.hookferry.Webhooks;
import dev.hookferry.event.Payload;
import dev.hookferry.http.portal.PortalImageJson;
import dev.hookferry.http.portal.PortalImageJson.ShownImage;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.PortalImage;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/** Calls about a product's images, which its customers see in the portal. */
final class PortalImageRoutes {
  private final Webhooks webhooks;

  PortalImageRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    List<ShownImage> images =
        new TreeMap<>(webhooks.settings().get(call.site()).portal().images())
            .entrySet().stream()
                .map(one -> new ShownImage(call.site(), one.getKey(), one.getValue(), List.of()))
                .toList();
    return HttpReply.ok(JsonOutput.one(PortalImageJson.IMAGES, new Page<>(images, null)));
  }

  HttpReply set(Call call) {
    PortalImage.Use use = use(call);
    RequestFields fields = call.given(PortalImageJson.NEW);
    String encoded = fields.required(PortalImageJson.FILE.name());
    fields.check();
    PortalImage.Cleaned cleaned =
        webhooks
            .actingAs(call.actor())
            .settings()
            .setPortalImage(call.site(), use, decoded(encoded));
    ShownImage shown = new ShownImage(call.site(), use, cleaned.image(), cleaned.removed());
    return HttpReply.ok(JsonOutput.one(PortalImageJson.IMAGE, shown));
  }

  private static Payload decoded(String encoded) {
    try {
      return Payload.wrap(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      throw InvalidException.of(PortalImageJson.FILE.name(), "must be base64");
    }
  }

  HttpReply remove(Call call) {
    PortalImage.Use use = use(call);
    if (!webhooks.actingAs(call.actor()).settings().removePortalImage(call.site(), use)) {
      throw new NotFoundException("image", use.code());
    }
    return HttpReply.nothing();
  }

  private static PortalImage.Use use(Call call) {
    return call.id(
        "image",
        word ->
            PortalImage.Use.fromCode(word)
                .orElseThrow(
                    () -> InvalidException.of("id", "must be logo-light, logo-dark or icon")));
  }
}
