package dev.hookferry.http.api;

import dev.hookferry.Webhooks;
import dev.hookferry.http.resource.SigningKeyJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.EndpointId;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.site.SiteSigningKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls about Ed25519 keys. Replies contain public keys only. */
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
   * Returns the public keys of a site or of one of its endpoints, without authentication. A site's
   * keys do not include those of its endpoints: a receiver that trusted them would accept requests
   * signed for another receiver. A site or endpoint without keys is not found, like one that does
   * not exist, so that its name is not revealed.
   */
  HttpReply jwks(Call call) {
    EndpointId endpoint = call.query().id("endpoint", EndpointId::parse);
    call.query().check();
    List<Ed25519PublicKey> keys = webhooks.sites().publicKeys(call.site(), endpoint);
    if (keys.isEmpty()) {
      throw endpoint == null
          ? new NotFoundException("signing key of site", call.site())
          : new NotFoundException("signing key of endpoint", endpoint);
    }
    return HttpReply.ok(JsonOutput.one(SigningKeyJson.JWKS, keys));
  }
}
