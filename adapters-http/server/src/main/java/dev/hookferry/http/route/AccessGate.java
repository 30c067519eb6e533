package dev.hookferry.http.route;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyText;
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
import java.util.concurrent.CompletableFuture;

/**
 * Lets through who may do what they ask. A site that a key is not bound to is answered exactly like
 * one that does not exist. Thread-safe; looks at memory only.
 */
public final class AccessGate {
  private static final String BEARER = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"hookferry\"";

  /** How a key that is none is answered. */
  static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

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
   * <p>A publish is let in by what this node knows, since it is stored only if the key still counts
   * then. Of everything else, and of a refusal that another node may have made wrong, this node
   * must be up to date first. Requests that carry no key at all do not cost that much.
   *
   * @param fresh whether the configuration was brought up to date since the request came in
   * @return nothing if it must be, and was not
   * @throws EarlyReply with 401, 403 or 429
   * @throws NotFoundException for a site that there is not, as far as this key can know
   */
  Optional<Actor> pass(RouteTable.Found found, HttpServerExchange exchange, boolean fresh) {
    Scope scope = found.route().scope();
    if (scope == null) {
      return Optional.of(Actor.PROGRAM);
    }
    String address = ClientAddress.of(exchange, behindProxy);
    String text = text(exchange.getRequestHeaders());
    Optional<ApiKey> known = webhooks.keys().authenticate(text);
    if (known.isEmpty()) {
      if (!fresh && KeyText.isPlausible(text) && failures.blockedFor(address).isZero()) {
        return Optional.empty();
      }
      throw refused(address);
    }
    ApiKey key = known.get();
    SiteId site = found.route().isOfSite() ? found.site() : null;
    boolean there = site == null || webhooks.sites().find(site).isPresent();
    if (!fresh && !(there && found.route().body() == ApiRoute.Body.EVENTS)) {
      return Optional.empty();
    }
    rates.count(key);
    SiteId bound = key.site();
    if (site != null && (!there || (bound != null && !bound.equals(site)))) {
      throw new NotFoundException("site", site);
    }
    if (!key.permits(scope, site)) {
      String need = "the key needs the scope " + scope.word();
      throw EarlyReply.problem(403, site == null ? need + ", for all sites" : need);
    }
    return Optional.of(Actor.of(key, address));
  }

  /** Brings the configuration up to date, without blocking. */
  CompletableFuture<Void> catchUp() {
    return webhooks.upToDate();
  }

  /** What was sent as a key; empty if it cannot be one. */
  private static String text(HeaderMap headers) {
    HeaderValues values = headers.get(Headers.AUTHORIZATION);
    if (values == null) {
      throw unauthorized("send an API key: Authorization: Bearer hf_…", CHALLENGE);
    }
    String value = values.size() == 1 ? values.getFirst() : "";
    return value.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? value.substring(BEARER.length()).strip()
        : "";
  }

  private EarlyReply refused(String address) {
    Duration wait = failures.count(address, "what was sent is no API key");
    return wait.isZero()
        ? unauthorized(
            "this is no valid API key; send one as Authorization: Bearer hf_…", INVALID_TOKEN)
        : EarlyReply.tooMany("too many requests without a valid key came from here", wait);
  }

  private static EarlyReply unauthorized(String detail, String challenge) {
    return new EarlyReply(
        ProblemJson.reply(401, detail, List.of()).with("WWW-Authenticate", challenge));
  }
}
