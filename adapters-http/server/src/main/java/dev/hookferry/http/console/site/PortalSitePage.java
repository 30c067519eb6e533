package dev.hookferry.http.console.site;

import dev.hookferry.audit.Actor;
import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.BrowserSafety;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.Frame;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.Nav;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.portal.PortalFrame;
import dev.hookferry.http.console.portal.PortalPreview;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.theme.AccentColours;
import dev.hookferry.http.console.theme.PortalTheme;
import dev.hookferry.http.portal.PortalOrigin;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalLink;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.store.session.SessionEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operator's page for a site's portal: its on/off switch, links for customers, a preview of the
 * theme, and the sessions.
 */
public final class PortalSitePage {
  private static final String PATH = "/portal";
  private static final int SESSIONS = 50;
  private static final String DEFAULT_ACCENT = "#1f5fbf";

  private final Portal portal;
  private final FrameRenderer frames;
  private final ServerInfo facts;

  public PortalSitePage(Portal portal, FrameRenderer frames, ServerInfo facts) {
    this.portal = portal;
    this.frames = frames;
    this.facts = facts;
  }

  /**
   * A session in the list.
   *
   * @param name the user's display name; may be empty
   */
  public record Row(
      String id,
      String subject,
      String name,
      DisplayTime created,
      DisplayTime used,
      DisplayTime expires) {}

  /**
   * A link that was just created; its URL is secret and works once.
   *
   * @param expires when it stops working
   * @param isViewOnly whether it is a view-only link for the operator
   * @param warnings possible mistakes as sentences; may be empty
   */
  public record CreatedLink(
      String url, String subject, DisplayTime expires, boolean isViewOnly, List<String> warnings) {}

  /**
   * Content of the page.
   *
   * @param enabled whether the portal is on
   * @param accent the colour in the preview; empty for the default
   * @param product the product's name in the preview
   * @param picked the colour shown in the colour picker
   * @param colours the colours derived from the accent; empty for the default
   * @param preview the query of the previews
   * @param images the images, with a line for each that is not set
   * @param sessions the sessions, newest first
   * @param next the query of older sessions, or null
   * @param problems the errors in the theme or the link
   * @param typed the link form as typed
   * @param made the link that was just created, or null
   */
  public record View(
      boolean enabled,
      String accent,
      String product,
      String picked,
      List<AccentColours> colours,
      String preview,
      List<PortalImagesPage.Line> images,
      List<Row> sessions,
      @Nullable String next,
      List<Problem> problems,
      PortalLinkForm typed,
      @Nullable CreatedLink made) {
    /** Returns the error in a field of the link; empty if there is none. */
    public String wrong(String field) {
      return FieldErrors.with(field, problems);
    }
  }

  /** Shows the page; the query may have a theme to preview. */
  public ConsoleReply show(Visit visit) {
    return page(visit, PortalLinkForm.blank(visit), List.of(), null);
  }

  private ConsoleReply page(
      Visit visit, PortalLinkForm link, List<Problem> problems, @Nullable CreatedLink made) {
    PortalSettings current = portal.settings(visit.site());
    FormValues typed = problems.isEmpty() ? visit.query() : visit.form();
    String accent = typed.has("accent") ? typed.text("accent") : current.accent();
    String product = typed.has("product") ? typed.text("product") : current.productName();
    PageRequest part = PageRequest.of(SESSIONS);
    String cursor = visit.query().text("cursor");
    Page<SessionEntry> page =
        portal.sessions(visit.site(), null, cursor.isEmpty() ? part : part.after(cursor));
    View view =
        new View(
            current.enabled(),
            accent,
            product,
            accent.matches("#[0-9a-fA-F]{6}") ? accent : DEFAULT_ACCENT,
            PortalTheme.colours(accent),
            "?accent=" + FormValues.encoded(accent) + "&product=" + FormValues.encoded(product),
            PortalImagesPage.lines(visit, current),
            page.data().stream().map(entry -> row(entry, visit)).toList(),
            page.next() == null ? null : visit.query().queryWith("cursor", page.next()),
            problems,
            link,
            made);
    Frame frame = frames.of(visit, Nav.PORTAL, "Portal");
    return TemplateRenderer.page(
            problems.isEmpty() ? 200 : 400,
            (out, i) -> JteSitePortalGenerated.render(out, i, frame, view))
        .with(BrowserSafety.POLICY, BrowserSafety.FRAMING);
  }

  private Row row(SessionEntry entry, Visit visit) {
    return new Row(
        entry.id().toString(),
        entry.subject(),
        portal.userName(entry),
        DisplayTime.of(entry.createdAt(), visit.now()),
        DisplayTime.of(entry.usedAt(), visit.now()),
        DisplayTime.of(entry.expiresAt(), visit.now()));
  }

  /** Changes the theme. */
  public ConsoleReply save(Visit visit) {
    FormValues form = visit.form();
    Map<String, Object> theme =
        Map.of("accent", form.text("accent"), "productName", form.text("product"));
    try {
      var unused =
          visit
              .webhooks()
              .settings()
              .changeByName(visit.site(), Map.of("portal", Map.of("theme", theme)));
      return visit.done(visit.path(PATH), "The theme was saved.");
    } catch (InvalidException e) {
      return page(visit, PortalLinkForm.blank(visit), e.problems(), null);
    }
  }

  /** Switches the portal on or off; the redirect keeps the form's other fields. */
  public ConsoleReply toggle(Visit visit) {
    boolean enabled = visit.form().text("enabled").equals("true");
    String kept = visit.form().without("csrf").without("enabled").query();
    Map<String, Object> change = Map.of("portal", Map.of("enabled", enabled));
    var unused = visit.webhooks().settings().changeByName(visit.site(), change);
    return visit.done(
        visit.path(PATH) + kept,
        enabled ? "The portal is on." : "The portal is off.",
        enabled ? "" : "Sessions work again once it is on.");
  }

  /** Shows the portal's first page with sample data, in the theme of the query. */
  public ConsoleReply preview(Visit visit) {
    FormValues query = visit.query();
    String css = visit.path(PATH + "/theme.css") + "?accent=" + FormValues.encoded(accent(query));
    PortalSettings settings = portal.settings(visit.site());
    PortalFrame.Appearance appearance =
        new PortalFrame.Appearance(
            query.text("product"), PortalImagesPage.preview(visit, settings), css, "", Assets.PATH);
    return PortalPreview.page(appearance, settings.words(), query.text("scheme"), visit.now())
        .with(BrowserSafety.POLICY, BrowserSafety.FRAMED)
        .with("X-Frame-Options", "SAMEORIGIN");
  }

  /** Returns the stylesheet of the preview. */
  public ConsoleReply theme(Visit visit) {
    byte[] css = PortalTheme.css(accent(visit.query())).getBytes(StandardCharsets.UTF_8);
    return ConsoleReply.of(200, "text/css; charset=utf-8", css);
  }

  private static String accent(FormValues query) {
    return query.text("accent");
  }

  /** Creates a link for a customer, which the page shows once. */
  public ConsoleReply link(Visit visit) {
    return made(visit, PortalLinkForm::link, false);
  }

  /** Creates a read-only link that opens the portal as a customer sees it. */
  public ConsoleReply view(Visit visit) {
    return made(visit, PortalLinkForm::view, true);
  }

  private ConsoleReply made(
      Visit visit, Function<PortalLinkForm, NewPortalLink> asked, boolean isViewOnly) {
    PortalLinkForm typed = PortalLinkForm.typed(visit);
    try {
      Actor by = visit.actor();
      PortalLink link = portal.link(visit.site(), asked.apply(typed), by);
      String url = origin(visit) + "/portal/" + link.code();
      List<String> warnings = link.warnings().stream().map(FieldErrors::sentence).toList();
      DisplayTime expires = DisplayTime.of(link.codeExpiresAt(), visit.now());
      CreatedLink made = new CreatedLink(url, typed.subject(), expires, isViewOnly, warnings);
      return page(visit, typed, List.of(), made);
    } catch (InvalidException e) {
      return page(visit, typed, e.problems(), null);
    } catch (RefusedException e) {
      return visit.refused(visit.path(PATH), e.getMessage());
    }
  }

  /** Returns the origin of portal links, determined as in the API. */
  private String origin(Visit visit) {
    String url = facts.value("portal.url");
    if (!url.isEmpty()) {
      return url;
    }
    String seen =
        Call.origin(
            visit.request().secure() || facts.value("behindProxy").equals("true"),
            visit.request().header("x-forwarded-proto"),
            visit.request().header("host"));
    String listen = facts.value("portal.listen");
    String port = listen.substring(listen.lastIndexOf(':') + 1);
    return PortalOrigin.onPort(seen, port.isEmpty() ? 0 : Integer.parseInt(port));
  }

  /** Ends one session, or all sessions of a user. */
  public ConsoleReply end(Visit visit) {
    Actor by = visit.actor();
    String subject = visit.form().text("subject");
    if (!subject.isEmpty()) {
      int count = portal.endAll(visit.site(), subject, by);
      String ended = NumberText.counted(count, "session") + " of ";
      return visit.done(
          visit.path(PATH), ended + subject + (count == 1 ? " has" : " have") + " ended.");
    }
    String id = visit.form().text("id");
    boolean ended = portal.end(visit.site(), uuid(id), by);
    return ended
        ? visit.done(visit.path(PATH), "The session has ended.")
        : visit.refused(visit.path(PATH), "This session had already ended.");
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException("session", text);
    }
  }
}
