package dev.hookferry.http.console.portal;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.deliveries.ResentBatches;
import dev.hookferry.http.console.portal.forms.FormProblems;
import dev.hookferry.http.console.portal.forms.SavedSecrets;
import dev.hookferry.http.console.portal.site.PortalCookie;
import dev.hookferry.http.console.portal.site.PortalSite;
import dev.hookferry.http.console.theme.PortalImages;
import dev.hookferry.http.console.theme.PortalTheme;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.portal.PortalImagePath;
import dev.hookferry.http.portal.ReplyTiming;
import dev.hookferry.http.route.ConfigRefresh;
import dev.hookferry.http.wire.RefusedRequests;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.NotPermittedException;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalSession;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import dev.hookferry.store.StoreException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The pages of the customer portal. Thread-safe; blocks. */
public final class PortalPages {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.portal");

  /** The path prefix of the portal. */
  static final String ROOT = "/portal";

  /** The path of the first page. */
  static final String HOME = ROOT + "/";

  private static final String ELEMENT = HOME + "element.js";

  private final Webhooks webhooks;
  private final Portal portal;
  private final PortalPageRoutes routes;
  private final PortalGate gate;
  private final boolean behindTls;
  private final InstantSource clock;
  private final ReplyTiming timing;
  private final RefusedRequests refused = new RefusedRequests(System::nanoTime);

  /**
   * Creates the pages.
   *
   * @param portal the portal of the same instance
   * @param activity recent activity, a listener of the same instance; null to show no figures of
   *     endpoints
   */
  public PortalPages(
      Hookferry hookferry,
      Portal portal,
      HttpServerOptions options,
      @Nullable Activity activity,
      InstantSource clock) {
    this.clock = clock;
    webhooks = hookferry.webhooks();
    this.portal = portal;
    timing = new ReplyTiming(options.times().portalStep());
    behindTls = options.behindProxy();
    ResentBatches sent = new ResentBatches(hookferry.pages().sessions());
    SavedSecrets kept = new SavedSecrets(hookferry.pages().sessions());
    routes = new PortalPageRoutes(webhooks, portal, sent, kept, activity, behindTls);
    gate = new PortalGate(portal, behindTls);
  }

  /** Returns whether a path is part of the portal. */
  public static boolean serves(String path) {
    return path.equals(ROOT) || path.startsWith(HOME);
  }

  /** Returns the method and path of every page and form, with {@code {id}} for an id. */
  public List<String> paths() {
    return routes.routes().stream().map(one -> one.method() + " " + one.template()).toList();
  }

  /** Handles a request; every failure becomes a page. */
  public ConsoleReply reply(ConsoleRequest request) {
    return Assets.of(request, ROOT)
        .orElseGet(() -> timing.even(() -> handle(request)))
        .compressed(request);
  }

  private ConsoleReply handle(ConsoleRequest request) {
    PortalCookie cookie = PortalCookie.of(request, behindTls);
    try {
      ConfigRefresh.await(webhooks);
      if (PortalImagePath.isImagePath(request.path())) {
        return PortalImagePath.find(webhooks, request.path())
            .map(PortalImages::file)
            .orElseGet(() -> bare(404, request, "message.not-found", "message.nothing"));
      }
      Optional<PortalSite> site = site(gate.siteInPath(request).orElse(cookie.site()));
      return site.isEmpty()
          ? bare(404, request, "message.not-found", "message.nothing")
          : reply(request, cookie, site.get());
    } catch (StoreException e) {
      refused.failed(request.path(), e);
      return bare(503, request, "message.try-again", "message.our-side");
    }
  }

  private static ConsoleReply bare(int status, ConsoleRequest request, String title, String text) {
    PortalSite none = PortalSite.UNKNOWN;
    return secured(PortalGate.message(status, request, none, title, text), none.settings());
  }

  /**
   * Returns the site for a visitor without a session, based on the site of an earlier session.
   * Empty if the portal is off everywhere. If there are several sites, none is named, because the
   * visitor may belong to another one.
   */
  private Optional<PortalSite> site(@Nullable SiteId earlier) {
    Optional<Site> same = earlier == null ? Optional.empty() : webhooks.sites().find(earlier);
    Optional<PortalSite> own = same.map(PortalSite::of).filter(site -> site.settings().enabled());
    if (own.isPresent()) {
      return own;
    }
    List<Site> on = portal.sites(2);
    return on.size() == 2
        ? Optional.of(PortalSite.UNKNOWN)
        : on.stream().findFirst().map(PortalSite::of);
  }

  private ConsoleReply reply(ConsoleRequest request, PortalCookie cookie, PortalSite site) {
    Optional<ConsoleReply> first = gate.enter(request, site).or(() -> PortalTheme.reply(request));
    if (first.isPresent()) {
      return secured(first.get(), site.settings());
    }
    if (request.path().equals(ELEMENT)) {
      return Assets.forEveryone("element.js");
    }
    Optional<PortalAccess> access =
        portal.session(cookie.token()).map(session -> portal.access(session, request.from()));
    if (access.isEmpty()) {
      return secured(gate.refuse(request, cookie, site), site.settings());
    }
    PortalSession session = access.get().session();
    PortalSite own = PortalSite.of(webhooks.sites().get(session.site()));
    PortalVisit visit =
        new PortalVisit(request, access.get(), own, cookie.token(), clock.instant());
    return secured(gate.arrived(request, session).orElseGet(() -> page(visit)), own.settings());
  }

  private ConsoleReply page(PortalVisit visit) {
    try {
      return routes.reply(visit);
    } catch (NotFoundException e) {
      return visit.message(404, "message.not-found", "message.nothing", HOME);
    } catch (NotPermittedException e) {
      return visit.message(403, "message.not-permitted", forbidden(e), HOME);
    } catch (OverloadedException e) {
      return visit.message(429, "message.too-many", "message.wait", HOME);
    } catch (RefusedException e) {
      return refused(visit, e instanceof InvalidException ? 400 : 409, e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        return refused(visit, 409, refused);
      }
      LOG.log(
          System.Logger.Level.WARNING, "portal action failed path=" + visit.request().path(), e);
      String back = backOf(visit.request().path());
      return visit.message(409, "message.not-done", "message.our-side", back);
    }
  }

  /** Returns the text key of the reason why an action is not permitted. */
  private static String forbidden(NotPermittedException refusal) {
    return refusal.isOperatorManaged() ? "endpoint.managed" : "message.link-forbids";
  }

  private static ConsoleReply refused(PortalVisit visit, int status, RefusedException refusal) {
    String back = backOf(visit.request().path());
    return visit.said(status, "message.not-done", FormProblems.said(refusal, visit.words()), back);
  }

  /** Returns the page on which an action was started. */
  static String backOf(String path) {
    return path.replaceFirst("/(retry|sent|verify|test|pause|resume|rotate|remove|missed)$", "");
  }

  /** Adds the headers that protect the page: only the site's own pages may frame it. */
  private static ConsoleReply secured(ConsoleReply reply, PortalSettings settings) {
    String ancestors =
        settings.origins().isEmpty() ? "'none'" : String.join(" ", settings.origins());
    return reply
        .with(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; form-action 'self'"
                + refresh(settings)
                + "; base-uri 'none'; frame-ancestors "
                + ancestors)
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Cache-Control", "no-store");
  }

  /** A form submitted after the session has ended redirects to the product. */
  private static String refresh(PortalSettings settings) {
    if (settings.refreshUrl().isEmpty()) {
      return "";
    }
    URI url = URI.create(settings.refreshUrl());
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getHost() == null ? "" : " " + url.getScheme() + "://" + url.getHost() + port;
  }
}
