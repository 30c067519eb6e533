package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.route.CatchUp;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.NotPermittedException;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves the pages of the customer's portal. Thread-safe; blocks. */
public final class PortalPages {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.portal");
  private static final String HOME = "/portal/";
  private static final Pattern CODE = Pattern.compile("/portal/([A-Za-z0-9_-]{43})");

  private final Webhooks webhooks;
  private final Portal portal;
  private final PortalScreens screens;
  private final boolean behindTls;
  private final InstantSource clock;

  /**
   * Creates the pages.
   *
   * @param portal the portal of the same instance
   */
  public PortalPages(
      Webhooks webhooks, Portal portal, HttpServerOptions options, InstantSource clock) {
    this.clock = clock;
    this.webhooks = webhooks;
    this.portal = portal;
    screens = new PortalScreens(webhooks, portal);
    behindTls = options.behindProxy();
  }

  /** Returns whether a path belongs to the portal. */
  public static boolean serves(String path) {
    return path.equals("/portal") || path.startsWith(HOME);
  }

  /** Returns method and path of every page and form, with {@code {id}} for an id. */
  public List<String> paths() {
    return screens.routes().stream().map(one -> one.method() + " " + one.template()).toList();
  }

  /** Returns whether a path is that of a static file, which the portal shares with the console. */
  public static boolean isAsset(String path) {
    return path.startsWith(Assets.PATH + "/");
  }

  /** Handles a request; every failure becomes a page. */
  public ConsoleReply answer(ConsoleRequest request) {
    Optional<ConsoleReply> asset = Assets.of(request);
    if (asset.isPresent()) {
      return asset.get();
    }
    PortalCookie cookie = PortalCookie.of(request, behindTls);
    try {
      CatchUp.await(webhooks);
      Optional<PortalSettings> settings = settings(cookie.site());
      return settings.isEmpty()
          ? secured(
              message(404, "Not found", "There is nothing here.", PortalSettings.OFF),
              PortalSettings.OFF)
          : answer(request, cookie, settings.get());
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "the store failed", e);
      String text = "This is delayed on our side. Please try again in a few seconds.";
      return secured(
          message(503, "Please try again", text, PortalSettings.OFF), PortalSettings.OFF);
    }
  }

  /**
   * Returns the settings for a visitor of whom only the site of an earlier session is known; empty
   * if the portal is off everywhere. Of several sites none is named, because the visitor may belong
   * to another.
   */
  private Optional<PortalSettings> settings(@Nullable SiteId earlier) {
    Optional<Site> same = earlier == null ? Optional.empty() : webhooks.sites().find(earlier);
    Optional<PortalSettings> own =
        same.map(site -> site.settings().portal()).filter(PortalSettings::enabled);
    if (own.isPresent()) {
      return own;
    }
    List<Site> on = portal.sites(2);
    return on.size() == 2
        ? Optional.of(PortalSettings.OFF)
        : on.stream().findFirst().map(site -> site.settings().portal());
  }

  private ConsoleReply answer(
      ConsoleRequest request, PortalCookie cookie, PortalSettings settings) {
    Matcher code = CODE.matcher(request.path());
    if (code.matches()) {
      return secured(exchanged(request, code.group(1), settings), settings);
    }
    Optional<ConsoleReply> theme = PortalTheme.of(settings).reply(request);
    if (theme.isPresent()) {
      return secured(theme.get(), settings);
    }
    Optional<PortalAccess> access =
        portal.session(cookie.token()).map(session -> portal.access(session, request.from()));
    if (access.isEmpty()) {
      return secured(withoutSession(request, settings), settings);
    }
    PortalSettings own = portal.settings(access.get().session().site());
    return secured(
        page(new PortalVisit(request, access.get(), own, cookie.token(), clock.instant())), own);
  }

  private ConsoleReply exchanged(ConsoleRequest request, String code, PortalSettings settings) {
    Optional<Portal.Opened> opened = portal.exchange(code);
    if (opened.isEmpty()) {
      return message(
          410,
          "This link was already used",
          "A link works once, for a minute. "
              + (settings.refreshUrl().isEmpty()
                  ? "Open the page again where you found it."
                  : "Open it again from " + settings.refreshUrl()),
          settings);
    }
    PortalCookie cookie = new PortalCookie(opened.get().session().site(), opened.get().token());
    return ConsoleReply.seeOther(HOME).with("Set-Cookie", cookie.header(request, behindTls));
  }

  /** Leads to the product to sign in again, if it is known which product that is. */
  private ConsoleReply withoutSession(ConsoleRequest request, PortalSettings settings) {
    if (settings.refreshUrl().isEmpty()) {
      String text = "Open the page again where you found it.";
      return message(401, "Your session has ended", text, settings);
    }
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String page = FormValues.encoded(isRead ? request.path() + query : backOf(request.path()));
    char more = settings.refreshUrl().indexOf('?') < 0 ? '?' : '&';
    return ConsoleReply.seeOther(settings.refreshUrl() + more + "reason=expired&page=" + page);
  }

  private ConsoleReply page(PortalVisit visit) {
    try {
      return screens.answer(visit);
    } catch (NotFoundException e) {
      return visit.message(404, "Not found", "There is nothing here.", HOME);
    } catch (NotPermittedException e) {
      String text = sentence(String.valueOf(e.getMessage()));
      return visit.message(403, "Not permitted", text, HOME);
    } catch (OverloadedException e) {
      String text = "Please wait a minute before you send another test.";
      return visit.message(429, "Too many tests", text, HOME);
    } catch (RefusedException e) {
      int status = e instanceof InvalidException ? 400 : 409;
      String back = backOf(visit.request().path());
      return visit.message(status, "Not done", String.valueOf(e.getMessage()), back);
    } catch (CompletionException e) {
      return visit.message(409, "Not done", unsaid(e), backOf(visit.request().path()));
    }
  }

  private static String sentence(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  /** A refusal explains itself; other failures are ours. */
  private static String unsaid(CompletionException failure) {
    if (failure.getCause() instanceof RefusedException refused) {
      return String.valueOf(refused.getMessage());
    }
    LOG.log(System.Logger.Level.WARNING, "an action failed", failure);
    return "This is delayed on our side. Please try again in a few seconds.";
  }

  /** Returns the page that an action was started on. */
  private static String backOf(String path) {
    return path.replaceFirst("/(retry|test|pause|resume|rotate|remove)$", "");
  }

  private static ConsoleReply message(
      int status, String title, String text, PortalSettings settings) {
    PortalFrame frame =
        new PortalFrame(title, "", "", PortalTheme.of(settings).path(), "", Set.of(), "");
    return TemplateRenderer.page(
        status, (out, i) -> JtePortalMessageGenerated.render(out, i, frame, text, "", ""));
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

  /** A form that is sent after the session has ended leads to the product. */
  private static String refresh(PortalSettings settings) {
    if (settings.refreshUrl().isEmpty()) {
      return "";
    }
    URI url = URI.create(settings.refreshUrl());
    return " " + url.getScheme() + "://" + url.getRawAuthority();
  }
}
