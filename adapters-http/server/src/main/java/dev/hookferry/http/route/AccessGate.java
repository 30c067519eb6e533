package dev.hookferry.http.route;

import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.KeyText;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.socket.ClientAddress;
import dev.hookferry.http.socket.ProxyUser;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.ProblemJson;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.Site;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates and authorizes requests. A request for a site outside the key's binding gets
 * exactly the same reply as one for a site that does not exist. Thread-safe; reads memory only.
 */
public final class AccessGate {
  private static final String BEARER = "Bearer ";
  private static final String CHALLENGE = "Bearer realm=\"hookferry\"";

  /** The challenge for an invalid key. */
  static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

  private final Webhooks webhooks;
  private final KeyRates rates;
  private final FailedLogins failures;
  private final boolean behindProxy;
  private final String userHeader;

  AccessGate(Webhooks webhooks, KeyRates rates, FailedLogins failures, HttpServerOptions options) {
    this.webhooks = webhooks;
    this.rates = rates;
    this.failures = failures;
    behindProxy = options.behindProxy();
    userHeader = options.userHeader();
  }

  /**
   * Returns the caller if the call is permitted.
   *
   * <p>A publish is admitted by the configuration in memory, because its commit checks that the key
   * is still valid. Any other call needs a fresh configuration, and so does any refusal that may be
   * outdated because of a change through another node. This includes refusals of an address with
   * many failures: a valid key is never locked out. Concurrent refreshes share one query, and a
   * request without a key triggers none.
   *
   * @param fresh whether the configuration was refreshed after the request arrived
   * @return the caller and the site; empty if the configuration must be refreshed first
   * @throws EarlyReply with 401, 403 or 429
   * @throws NotFoundException if the site does not exist or is outside the key's binding
   */
  Optional<Passed> pass(RouteTable.RouteMatch found, HttpServerExchange exchange, boolean fresh) {
    Scope scope = found.route().scope();
    if (scope == null) {
      Actor caller = new Actor(null, Actor.PROGRAM.name(), ClientAddress.of(exchange, behindProxy));
      return Optional.of(new Passed(caller, null, false));
    }
    String address = ClientAddress.of(exchange, behindProxy);
    String text = text(exchange.getRequestHeaders());
    Optional<ApiKey> known = webhooks.keys().authenticate(text);
    if (known.isEmpty()) {
      if (!fresh && KeyText.isPlausible(text)) {
        return Optional.empty();
      }
      throw refused(address);
    }
    ApiKey key = known.get();
    String name = found.route().isSiteScoped() ? found.siteName() : null;
    SiteId site = name == null ? null : webhooks.sites().find(name).map(Site::id).orElse(null);
    boolean there = name == null || site != null;
    if (!fresh && !(there && found.route().body() == ApiRoute.Body.EVENTS)) {
      return Optional.empty();
    }
    rates.count(key);
    SiteId bound = key.site();
    if (name != null && (!there || (bound != null && !bound.equals(site)))) {
      throw new NotFoundException("site", CallerText.text(name));
    }
    if (!found.route().isAboutOwnKey() && !key.permits(scope, site)) {
      String need = "the key needs the scope " + scope.code();
      throw EarlyReply.problem(403, site == null ? need + ", for all sites" : need);
    }
    Actor caller = Actor.of(key, ProxyUser.of(exchange, userHeader), address);
    return Optional.of(new Passed(caller, site, bound != null));
  }

  /**
   * A permitted call.
   *
   * @param site the site in the path; null if there is none, or if the call needs no key
   * @param isBound whether the caller's key is bound to a site
   */
  record Passed(Actor actor, @Nullable SiteId site, boolean isBound) {}

  /** Refreshes the configuration without blocking. */
  CompletableFuture<Void> refreshConfig() {
    return webhooks.refresh();
  }

  /** Returns the API key in the header; empty if that is not a single bearer token. */
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
    Duration wait = failures.count(address, "invalid API key");
    return wait.isZero()
        ? unauthorized(
            "the API key is invalid; send a valid one as Authorization: Bearer hf_…", INVALID_TOKEN)
        : EarlyReply.tooMany("too many requests without a valid key from this address", wait);
  }

  private static EarlyReply unauthorized(String detail, String challenge) {
    return new EarlyReply(
        ProblemJson.reply(401, detail, List.of()).with("WWW-Authenticate", challenge));
  }
}
