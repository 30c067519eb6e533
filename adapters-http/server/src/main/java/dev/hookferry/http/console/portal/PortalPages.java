package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import dev.hookferry.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Serves the pages of the customer's portal. Thread-safe; blocks. */
public final class PortalPages {
  private static final System.Logger LOG = System.getLogger("dev.hookferry.http.portal");
  private static final String HOME = "/portal/";
  private static final Pattern CODE = Pattern.compile("/portal/([A-Za-z0-9_-]{43})");
  private static final Pattern DELIVERY = Pattern.compile("/portal/deliveries/([a-z0-9_]+)");
  private static final Pattern ENDPOINT = Pattern.compile("/portal/endpoints/([a-z0-9_]+)");
  private static final int LONGEST_CATCH_UP_SECONDS = 2;

  private final Webhooks webhooks;
  private final Portal portal;
  private final boolean behindTls;
  private final InstantSource clock = InstantSource.system();

  /**
   * Creates the pages.
   *
   * @param portal the portal of the same instance
   */
  public PortalPages(Webhooks webhooks, Portal portal, HttpServerOptions options) {
    this.webhooks = webhooks;
    this.portal = portal;
    behindTls = options.behindProxy();
  }

  /** Returns whether a path belongs to the portal. */
  public static boolean serves(String path) {
    return path.equals("/portal") || path.startsWith(HOME);
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
      catchUp();
      Optional<Site> site = site(cookie.site());
      return site.isEmpty()
          ? secured(message(404, "Not found", "There is nothing here."), PortalSettings.OFF)
          : answer(request, cookie, site.get().settings().portal());
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "the store failed", e);
      String text = "This is delayed on our side. Please try again in a few seconds.";
      return secured(message(503, "Please try again", text), PortalSettings.OFF);
    }
  }

  private void catchUp() {
    var unused =
        webhooks
            .refresh()
            .completeOnTimeout(null, LONGEST_CATCH_UP_SECONDS, TimeUnit.SECONDS)
            .exceptionally(failure -> null)
            .join();
  }

  /** Returns the site of an earlier session, or else one whose portal is on. */
  private Optional<Site> site(@Nullable SiteId earlier) {
    Optional<Site> same = earlier == null ? Optional.empty() : webhooks.sites().find(earlier);
    return same.filter(site -> site.settings().portal().enabled())
        .or(() -> portal.sites().stream().findFirst());
  }

  private ConsoleReply answer(
      ConsoleRequest request, PortalCookie cookie, PortalSettings settings) {
    Matcher code = CODE.matcher(request.path());
    if (code.matches()) {
      return secured(exchanged(request, code.group(1), settings), settings);
    }
    Optional<PortalAccess> access =
        portal.session(cookie.token()).map(session -> portal.access(session, request.from()));
    if (access.isEmpty()) {
      return secured(withoutSession(request, cookie, settings), settings);
    }
    PortalSettings own = portal.settings(access.get().session().site());
    return secured(page(request, access.get(), own), own);
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
                  : "Open it again from " + settings.refreshUrl()));
    }
    PortalCookie cookie = new PortalCookie(opened.get().session().site(), opened.get().token());
    return ConsoleReply.seeOther(HOME).with("Set-Cookie", cookie.header(request, behindTls));
  }

  /** Leads to the product to sign in again, if it is known which product that is. */
  private ConsoleReply withoutSession(
      ConsoleRequest request, PortalCookie cookie, PortalSettings settings) {
    boolean isKnown = cookie.site() != null || portal.sites().size() == 1;
    if (!isKnown || settings.refreshUrl().isEmpty()) {
      return message(401, "Your session has ended", "Open the page again where you found it.");
    }
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    String page = FormValues.encoded(request.path() + query);
    char more = settings.refreshUrl().indexOf('?') < 0 ? '?' : '&';
    return ConsoleReply.seeOther(settings.refreshUrl() + more + "reason=expired&page=" + page);
  }

  private ConsoleReply page(ConsoleRequest request, PortalAccess access, PortalSettings settings) {
    Instant now = clock.instant();
    PortalViews views = new PortalViews(webhooks, access, now);
    try {
      return shown(request, access, views, settings);
    } catch (NotFoundException e) {
      return message(404, "Not found", "There is nothing here.");
    } catch (InvalidException e) {
      return message(400, "Invalid request", String.valueOf(e.getMessage()));
    }
  }

  private ConsoleReply shown(
      ConsoleRequest request, PortalAccess access, PortalViews views, PortalSettings settings) {
    String path = request.path();
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    Matcher delivery = DELIVERY.matcher(path);
    Matcher endpoint = ENDPOINT.matcher(path);
    if (isRead && path.equals(HOME)) {
      PortalFrame frame = frame("Webhooks", settings);
      return TemplateRenderer.page(
          (out, i) -> JtePortalHomeGenerated.render(out, i, frame, views.home()));
    }
    if (isRead && path.equals("/portal/deliveries")) {
      String cursor = FormValues.parse(request.query()).text("cursor");
      PortalViews.Deliveries rows =
          views.rows(views.deliveries().after(cursor.isEmpty() ? null : cursor));
      PortalFrame frame = frame("Deliveries", settings);
      return TemplateRenderer.page(
          (out, i) -> JtePortalDeliveriesGenerated.render(out, i, frame, rows));
    }
    if (isRead && path.equals("/portal/event-types")) {
      PortalFrame frame = frame("Event types", settings);
      return TemplateRenderer.page(
          (out, i) -> JtePortalEventTypesGenerated.render(out, i, frame, views.types()));
    }
    if (isRead && delivery.matches()) {
      return delivery(delivery.group(1), access, views, frame("Delivery", settings));
    }
    if (isRead && endpoint.matches()) {
      return endpoint(endpoint.group(1), access, views, frame("Endpoint", settings));
    }
    throw new NotFoundException("page", "");
  }

  private ConsoleReply delivery(
      String text, PortalAccess access, PortalViews views, PortalFrame frame) {
    DeliveryId id = read(text, DeliveryId::parse);
    PortalViews.DeliveryDetails details =
        views.details(access.delivery(id), new PortalPayload(portal).of(access, id));
    return TemplateRenderer.page(
        (out, i) -> JtePortalDeliveryGenerated.render(out, i, frame, details));
  }

  private static ConsoleReply endpoint(
      String text, PortalAccess access, PortalViews views, PortalFrame frame) {
    PortalViews.EndpointDetails details =
        views.details(access.endpoint(read(text, EndpointId::parse)));
    return TemplateRenderer.page(
        (out, i) -> JtePortalEndpointGenerated.render(out, i, frame, details));
  }

  /** A malformed id is answered like an unknown one. */
  private static <T> T read(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      throw new NotFoundException("page", text);
    }
  }

  private static PortalFrame frame(String title, PortalSettings settings) {
    return new PortalFrame(title, settings.productName(), true);
  }

  private static ConsoleReply message(int status, String title, String text) {
    PortalFrame frame = new PortalFrame(title, "", false);
    return TemplateRenderer.page(
        status, (out, i) -> JtePortalMessageGenerated.render(out, i, frame, text));
  }

  /** Adds the headers that protect the page: only the site's own pages may frame it. */
  private static ConsoleReply secured(ConsoleReply reply, PortalSettings settings) {
    String ancestors =
        settings.origins().isEmpty() ? "'none'" : String.join(" ", settings.origins());
    return reply
        .with(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
                + ancestors)
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Resource-Policy", "same-origin")
        .with("Cache-Control", "no-store");
  }
}
