package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.site.PortalCookie;
import dev.hookferry.http.console.portal.site.PortalSite;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalLink;
import dev.hookferry.portal.PortalSession;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Admission of visitors to the portal; rejects those without a session. No framed page redirects to
 * the product, because it would reload forever in browsers that drop the cookie.
 */
final class PortalGate {
  private static final Pattern CODE = Pattern.compile("/portal/([A-Za-z0-9_-]{43})");
  private static final Pattern FRAMED = Pattern.compile("/portal/framed/([A-Za-z0-9_-]{43})");

  /** Matches truncated or mistyped codes: they are longer than the name of any page. */
  private static final Pattern BROKEN_CODE = Pattern.compile("/portal/[A-Za-z0-9_-]{12,}");

  private static final Pattern FORM =
      Pattern.compile("/portal/endpoints/(new|[a-z0-9_]{1,60}/edit)");

  private final Portal portal;
  private final boolean behindTls;

  PortalGate(Portal portal, boolean behindTls) {
    this.portal = portal;
    this.behindTls = behindTls;
  }

  /** Returns the site of the unused code in a path. */
  Optional<SiteId> siteInPath(ConsoleRequest request) {
    Matcher code = CODE.matcher(request.path());
    Matcher framed = FRAMED.matcher(request.path());
    return code.matches()
        ? portal.siteOf(code.group(1))
        : framed.matches() ? portal.siteOf(framed.group(1)) : Optional.empty();
  }

  /**
   * Exchanges the code in a path for a session; empty if the path has none. HEAD requests, with
   * which programs check links, do not use up the code.
   */
  Optional<ConsoleReply> enter(ConsoleRequest request, PortalSite site) {
    Matcher code = CODE.matcher(request.path());
    if (!code.matches()) {
      return Optional.empty();
    }
    boolean isOnlyChecked =
        request.method().equals("HEAD") && portal.siteOf(code.group(1)).isPresent();
    return Optional.of(
        isOnlyChecked
            ? ConsoleReply.of(200, "text/html; charset=utf-8", new byte[0])
            : entered(request, code.group(1), site));
  }

  private ConsoleReply entered(ConsoleRequest request, String code, PortalSite site) {
    Optional<Portal.StartedSession> opened = portal.exchange(code);
    if (opened.isEmpty()) {
      return used(request, site);
    }
    PortalSession session = opened.get().session();
    PortalCookie cookie = new PortalCookie(session.site(), opened.get().token());
    String first = session.page().isEmpty() ? PortalPages.HOME : session.page();
    Optional<PortalLink> second =
        PortalCookie.isInFrame(request) ? portal.replacementLink(session) : Optional.empty();
    String to = second.map(link -> PortalPages.ROOT + "/framed/" + link.code()).orElse(first);
    return ConsoleReply.seeOther(to).with("Set-Cookie", cookie.header(request, behindTls));
  }

  /** Leads from a link that has expired, or has been used, back to the product. */
  private static ConsoleReply used(ConsoleRequest request, PortalSite site) {
    boolean inFrame = PortalCookie.isInFrame(request);
    PortalFrame frame = frame(request, site, "message.used", inFrame ? PortalPages.HOME : null);
    String text = frame.say("message.used-text");
    if (site.refreshUrl().isEmpty()) {
      return page(410, frame, text + " " + again(site, frame.words()));
    }
    String product = site.settings().productName();
    String to = product.isEmpty() ? URI.create(site.refreshUrl()).getAuthority() : product;
    String label = frame.say("nav.back-to", to);
    String target = inFrame ? "_top" : "_self";
    return TemplateRenderer.page(
        410,
        (out, i) ->
            JtePortalLinkedGenerated.render(out, i, frame, text, label, site.refreshUrl(), target));
  }

  /** Returns the destination of a session that has just begun in a frame. */
  Optional<ConsoleReply> arrived(ConsoleRequest request, PortalSession session) {
    Matcher framed = FRAMED.matcher(request.path());
    if (!framed.matches()) {
      return Optional.empty();
    }
    portal.discard(framed.group(1));
    String first = session.page().isEmpty() ? PortalPages.HOME : session.page();
    return Optional.of(ConsoleReply.seeOther(first));
  }

  /** Redirects to the product to sign in again, if the product is known. */
  ConsoleReply refuse(ConsoleRequest request, PortalCookie cookie, PortalSite site) {
    Matcher framed = FRAMED.matcher(request.path());
    if (framed.matches()) {
      return inNewTab(request, site, framed.group(1));
    }
    String page = pageOf(request);
    Optional<String> form =
        FORM.matcher(request.path()).matches() && request.method().equals("POST")
            ? portal.keepForm(cookie.token(), request.path() + "\n" + request.body().text())
            : Optional.empty();
    ConsoleReply reply = refusal(request, site, page, form.isPresent());
    return form.isEmpty()
        ? reply
        : reply.with("Set-Cookie", PortalCookie.formHeader(request, behindTls, form.get()));
  }

  /** Tells a visitor to open the page again from the product, if its name is known. */
  private static String again(PortalSite site, Words words) {
    String product = site.settings().productName();
    String webhooks = words.text("home.title");
    return product.isEmpty()
        ? words.text("message.again", webhooks)
        : words.text("message.again-in", webhooks, product);
  }

  private static ConsoleReply refusal(
      ConsoleRequest request, PortalSite site, String page, boolean isKept) {
    boolean inFrame = PortalCookie.isInFrame(request);
    boolean isBroken = BROKEN_CODE.matcher(request.path()).matches();
    String title = isBroken ? "message.broken" : "message.ended";
    PortalFrame frame = frame(request, site, title, inFrame ? page : null);
    String kept = isKept ? " " + frame.say("message.kept") : "";
    if (site.refreshUrl().isEmpty()) {
      String broken = isBroken ? frame.say("message.broken-text") + " " : "";
      return page(401, frame, broken + again(site, frame.words()) + kept);
    }
    char more = site.refreshUrl().indexOf('?') < 0 ? '?' : '&';
    String again = site.refreshUrl() + more + "reason=expired&page=" + FormValues.encoded(page);
    return inFrame
        ? linked(frame, frame.say("message.ended-frame") + kept, "message.sign-in", again, "_top")
        : ConsoleReply.seeOther(again);
  }

  /**
   * The browser dropped the cookie. The session can begin in a tab, where the cookie is
   * first-party.
   */
  private static ConsoleReply inNewTab(ConsoleRequest request, PortalSite site, String code) {
    PortalFrame frame = frame(request, site, "message.tab", null);
    String link = PortalPages.ROOT + "/" + code;
    return linked(frame, frame.say("message.tab-text"), "message.tab", link, "_blank");
  }

  private static String pageOf(ConsoleRequest request) {
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return isRead ? request.path() + query : PortalPages.backOf(request.path());
  }

  private static PortalFrame frame(
      ConsoleRequest request, PortalSite site, String title, @Nullable String expired) {
    Words words = site.words("", request);
    return new PortalFrame(
        words.text(title),
        "",
        words,
        PortalFrame.Appearance.of(site),
        PortalFrame.Visitor.NONE,
        PortalFrame.Place.NONE,
        PortalFrame.Note.NONE,
        BackLink.NONE,
        expired);
  }

  /** Returns a page for a visitor without a session; title and text are keys. */
  static ConsoleReply message(
      int status, ConsoleRequest request, PortalSite site, String title, String text) {
    PortalFrame frame = frame(request, site, title, null);
    return page(status, frame, frame.say(text));
  }

  private static ConsoleReply page(int status, PortalFrame frame, String text) {
    return TemplateRenderer.page(
        status, (out, i) -> JtePortalMessageGenerated.render(out, i, frame, text, "", ""));
  }

  private static ConsoleReply linked(
      PortalFrame frame, String text, String label, String link, String target) {
    return TemplateRenderer.page(
        401,
        (out, i) ->
            JtePortalLinkedGenerated.render(out, i, frame, text, frame.say(label), link, target));
  }
}
