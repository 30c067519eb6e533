package dev.hookferry.http.route;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.http.socket.ClientAddress;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.ProblemJson;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.NotFoundException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets through who may do what they ask. A site that a key is not bound to is answered exactly like
 * one that does not exist. Thread-safe; looks at memory only.
 */
public final class AccessGate {
  private static final String BEARER = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"hookferry\"";

  private final Webhooks webhooks;
  private final KeyRates rates;
  private final FailedLogins failures;
  private final boolean behindProxy;

  AccessGate(Webhooks webhooks, KeyRates rates, FailedLogins failures, boolean behindProxy) {
    this.webhooks = webhooks;
    this.rates = rates;
    this.failures = failures;
    this.behindProxy = behindProxy;
  }

  /**
   * Returns who calls, if the call is permitted.
   *
   * @throws EarlyReply with 401, 403 or 429
   * @throws NotFoundException for a site that there is not, as far as this key can know
   */
  Actor pass(RouteTable.Found found, HttpServerExchange exchange) {
    Scope scope = found.route().scope();
    if (scope == null) {
      return Actor.PROGRAM;
    }
    String address = ClientAddress.of(exchange, behindProxy);
    ApiKey key = authenticate(exchange.getRequestHeaders(), address);
    rates.count(key);
    SiteId site = found.route().isOfSite() ? found.site() : null;
    if (site != null) {
      SiteId bound = key.site();
      if (bound != null && !bound.equals(site)) {
        throw new NotFoundException("site", site);
      }
      var unused = webhooks.sites().get(site);
    }
    if (!key.permits(scope, site)) {
      String need = "the key needs the scope " + scope.word();
      throw EarlyReply.problem(403, site == null ? need + ", for all sites" : need);
    }
    return Actor.of(key, address);
  }

  private ApiKey authenticate(HeaderMap headers, String address) {
    HeaderValues values = headers.get(Headers.AUTHORIZATION);
    if (values == null) {
      throw unauthorized("send an API key: Authorization: Bearer hf_…", CHALLENGE);
    }
    String value = values.size() == 1 ? values.getFirst() : "";
    Optional<ApiKey> key =
        value.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? webhooks.keys().authenticate(value.substring(BEARER.length()).strip())
            : Optional.empty();
    return key.orElseThrow(() -> refused(address));
  }

  private EarlyReply refused(String address) {
    Duration wait = failures.count(address, "what was sent is no API key");
    return wait.isZero()
        ? unauthorized(
            "this is no valid API key; send one as Authorization: Bearer hf_…",
            CHALLENGE + ", error=\"invalid_token\"")
        : EarlyReply.tooMany("too many requests without a valid key came from here", wait);
  }

  private static EarlyReply unauthorized(String detail, String challenge) {
    return new EarlyReply(
        ProblemJson.reply(401, detail, List.of()).with("WWW-Authenticate", challenge));
  }
}
