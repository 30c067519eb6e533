package dev.hookferry.http.console;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.BrowserSafety;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.frame.ConsoleRoute;
import dev.hookferry.http.console.frame.ConsoleSessions;
import dev.hookferry.http.console.frame.EndpointList;
import dev.hookferry.http.console.frame.ErrorPages;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Session;
import dev.hookferry.http.console.frame.SignIn;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.route.ConfigRefresh;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.refusal.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The console's request handler. Thread-safe; blocks. */
public final class Console {
  private static final List<String> OURS =
      List.of(
          "/login",
          "/logout",
          "/assets",
          "/sites",
          "/keys",
          "/audit",
          "/outboxes",
          "/system",
          "/find");

  /** Single-word paths that do not belong to the console. */
  private static final Set<String> OTHERS =
      Set.of("/api", "/healthz", "/readyz", "/metrics", "/portal");

  private static final Pattern WORD = Pattern.compile("/[a-z-]*");

  private final Webhooks webhooks;
  private final ConsoleOptions options;
  private final SignIn signIn;
  private final ErrorPages errors;
  private final List<ConsoleRoute> routes;

  /**
   * Creates a console.
   *
   * @param hookferry the instance to show; must be started before the first request
   */
  public Console(Hookferry hookferry, ConsoleOptions options) {
    this.options = options;
    webhooks = hookferry.webhooks();
    ConsoleSessions sessions = new ConsoleSessions(hookferry.pages().sessions(), options.clock());
    signIn = new SignIn(webhooks, sessions, options.behindTls(), options.random());
    FrameRenderer frames = new FrameRenderer(webhooks, options.random());
    errors = new ErrorPages(frames, options.random());
    routes = ConsoleRoutes.all(hookferry, frames, options);
    options
        .activity()
        .opened(
            options.clock(),
            webhooks.endpoints()::resumedAt,
            this::isLimited,
            hookferry.pages().tallies());
  }

  private boolean isLimited(Delivery delivery) {
    return new EndpointList(webhooks, delivery.site())
        .find(delivery.endpoint())
        .filter(endpoint -> isReleased(delivery, endpoint.status()) || isLimited(endpoint))
        .isPresent();
  }

  private boolean isLimited(Endpoint endpoint) {
    return webhooks.endpoints().health(endpoint).state() == EndpointHealth.State.RATE_LIMITED;
  }

  /** Returns whether a delivery was held until a resume with a release rate. */
  private static boolean isReleased(Delivery delivery, EndpointStatus status) {
    Instant resumed = status.since();
    return status.perSecond() != null && resumed != null && !delivery.dueAt().isAfter(resumed);
  }

  /**
   * Returns whether a path belongs to the console. {@code /} does if the client accepts HTML, and
   * so does an unknown single word such as {@code /help}, for which browsers get a not-found page.
   */
  public static boolean serves(String path, @Nullable String accept) {
    return isOurs(path)
        || (accept != null
            && accept.contains("text/html")
            && WORD.matcher(path).matches()
            && !OTHERS.contains(path));
  }

  private static boolean isOurs(String path) {
    for (String ours : OURS) {
      if (path.startsWith(ours)
          && (path.length() == ours.length() || path.charAt(ours.length()) == '/')) {
        return true;
      }
    }
    return false;
  }

  /** Returns the recent activity that the console shows. */
  public Activity activity() {
    return options.activity();
  }

  /** Handles a request; every failure becomes an error page. */
  public ConsoleReply reply(ConsoleRequest request) {
    return BrowserSafety.secured(handle(request).compressed(request));
  }

  private ConsoleReply handle(ConsoleRequest request) {
    Optional<ConsoleReply> asset = Assets.of(request);
    if (asset.isPresent()) {
      return asset.get();
    }
    ConfigRefresh.await(webhooks);
    try {
      if (request.path().equals("/login")) {
        return signIn.reply(request);
      }
      Optional<Session> session = signIn.session(request);
      Optional<ApiKey> key = session.flatMap(s -> webhooks.keys().find(s.key()));
      if (session.isEmpty() || key.isEmpty()) {
        if (!request.path().equals("/") && !isOurs(request.path())) {
          throw new NotFoundException("page", request.path());
        }
        return signIn.showForm(request);
      }
      Webhooks named = webhooks.actingAs(Actor.of(key.get(), request.user(), request.from()));
      Instant now = options.clock().instant();
      Visit visit =
          new Visit(request, session.get(), key.get(), Map.of(), named, now, lastSite(request));
      return signIn.withCookies(visit, visited(visit));
    } catch (RuntimeException e) {
      return errors.of(e, null);
    }
  }

  private @Nullable SiteId lastSite(ConsoleRequest request) {
    SiteId last = signIn.lastSite(request);
    try {
      return last == null ? null : webhooks.sites().get(last).id();
    } catch (NotFoundException e) {
      return null; // It was removed since.
    }
  }

  private ConsoleReply visited(Visit visit) {
    try {
      if (visit.request().path().equals("/logout")) {
        return signIn.end(visit);
      }
      for (ConsoleRoute route : routes) {
        Optional<Map<String, String>> named = route.match(visit.request().path());
        if (named.isPresent() && route.method().equals(method(visit.request()))) {
          return permitted(route, visit.at(named.get()));
        }
      }
      throw new NotFoundException("page", visit.request().path());
    } catch (RuntimeException e) {
      return errors.of(e, visit);
    }
  }

  private static String method(ConsoleRequest request) {
    return request.method().equals("HEAD") ? "GET" : request.method();
  }

  private ConsoleReply permitted(ConsoleRoute route, Visit visit) {
    boolean ofSite = visit.named().containsKey("site");
    SiteId bound = visit.key().site();
    if (ofSite) {
      if (bound != null && !bound.equals(visit.site())) {
        throw new NotFoundException("site", visit.site());
      }
      var unused = webhooks.sites().get(visit.site());
    }
    Scope scope = route.scope();
    if (scope != null && !visit.key().permits(scope, ofSite ? visit.site() : null)) {
      return errors.forbidden(visit, "This needs a key with the " + scope.code() + " permission.");
    }
    if (route.method().equals("POST") && !BrowserSafety.isOurs(visit)) {
      return errors.forbidden(
          visit, "The form has expired or did not come from this console. Please try again.");
    }
    return route.action().apply(visit);
  }
}
