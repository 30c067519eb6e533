package dev.hookferry.http.console.portal;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.BrowserSafety;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.site.PortalSite;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalCapability;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One request within a session.
 *
 * @param request the request
 * @param access what the session may see and do
 * @param site the site of the portal
 * @param token the session's secret token
 * @param now the time
 */
record PortalVisit(
    ConsoleRequest request, PortalAccess access, PortalSite site, String token, Instant now) {
  boolean isRead() {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  FormValues query() {
    return FormValues.parse(request.query());
  }

  FormValues form() {
    return FormValues.parse(request.body());
  }

  /**
   * Returns whether a change comes from a form in this session. Pages send no referrer, so a
   * browser may send the origin as null. The token in the form decides.
   */
  boolean isOurs() {
    String site = request.header("sec-fetch-site");
    boolean foreign = site != null && !site.equals("same-origin") && !site.equals("none");
    byte[] given = BrowserSafety.unmasked(form().raw("csrf")).getBytes(StandardCharsets.UTF_8);
    return !foreign && MessageDigest.isEqual(given, csrf().getBytes(StandardCharsets.UTF_8));
  }

  private String csrf() {
    try {
      byte[] text = ("portal form " + token).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the texts in the visitor's language. */
  Words words() {
    return site.words(access.session().locale(), request);
  }

  /** Returns whom the visitor can ask about actions that the session does not permit. */
  String provider() {
    String name = site.settings().productName();
    return name.isEmpty() ? words().text("notice.provider") : name;
  }

  /** Returns whom to ask to change an endpoint; empty if the visitor may change it. */
  String provider(Endpoint endpoint) {
    return access.can(PortalCapability.MANAGE, endpoint) ? "" : provider();
  }

  /** Returns the list from which the visitor came. */
  BackLink list() {
    return BackLink.of(query(), access, words());
  }

  /**
   * Returns the frame of a page.
   *
   * @param title the key of its title
   */
  PortalFrame frame(String title) {
    return titled(words().text(title));
  }

  /** Returns the frame of a page whose title is already translated. */
  PortalFrame titled(String title) {
    Words words = words();
    return new PortalFrame(
        title,
        request.path(),
        words,
        PortalFrame.Appearance.of(site),
        PortalFrame.Visitor.of(
            access.session(), BrowserSafety.masked(csrf(), new SecureRandom()), now),
        PortalFrame.Place.of(request, access.session().labels().isEmpty() ? site.name() : ""),
        isRead() ? PortalNote.of(query(), words) : PortalFrame.Note.NONE,
        list(),
        null);
  }

  /** Returns a page with one sentence and a link back; title and text are keys. */
  ConsoleReply message(int status, String title, String text, String back) {
    return said(status, title, words().text(text), back);
  }

  /** Returns a page with one sentence, which is already translated. */
  ConsoleReply said(int status, String title, String text, String back) {
    PortalFrame frame = frame(title);
    return TemplateRenderer.page(
        status, (out, i) -> JtePortalMessageGenerated.render(out, i, frame, text, "", back));
  }

  /** Returns a page that shows a secret once; the title is a key, the text is not. */
  ConsoleReply secret(String title, String text, String secret, String back) {
    PortalFrame frame = frame(title);
    return TemplateRenderer.page(
        (out, i) -> JtePortalMessageGenerated.render(out, i, frame, text, secret, back));
  }
}
