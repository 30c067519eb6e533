package dev.hookferry.http.api;

import dev.hookferry.Webhooks;
import dev.hookferry.http.resource.SigningKeyJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.SiteSigningKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls about the Ed25519 keys of sites. Replies contain their public halves only. */
final class SigningKeyRoutes {
  private final Webhooks webhooks;

  SigningKeyRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply list(Call call) {
    return HttpReply.ok(
        JsonOutput.one(SigningKeyJson.KEYS, webhooks.sites().signingKeys(call.site())));
  }

  CompletableFuture<HttpReply> rotate(Call call) {
    call.fields().check();
    SiteSigningKey next = webhooks.actingAs(call.actor()).sites().rotateSigningKey(call.site());
    return CompletableFuture.completedFuture(
        HttpReply.ok(JsonOutput.one(SigningKeyJson.KEY, next)));
  }

  /**
   * Returns the public keys to anybody. A site without keys is like one that does not exist, so
   * that nobody learns the names of sites.
   */
  HttpReply jwks(Call call) {
    List<SiteSigningKey> keys =
        webhooks
            .sites()
            .find(call.site())
            .map(site -> webhooks.sites().signingKeys(site.id()))
            .orElse(List.of());
    if (keys.isEmpty()) {
      throw new NotFoundException("signing key of site", call.site());
    }
    return HttpReply.ok(JsonOutput.one(SigningKeyJson.JWKS, keys));
  }
}
