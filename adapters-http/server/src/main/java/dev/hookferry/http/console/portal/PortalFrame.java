package dev.hookferry.http.console.portal;

import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.site.PortalSite;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.http.console.theme.PortalImages;
import dev.hookferry.http.console.theme.PortalTheme;
import dev.hookferry.http.words.Words;
import dev.hookferry.portal.ColourScheme;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.portal.PortalSession;
import dev.hookferry.site.PortalSettings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frame around the pages of the portal.
 *
 * @param title the page's title
 * @param path the path of the page
 * @param words the texts in the visitor's language
 * @param appearance the appearance that the site has set
 * @param visitor the visitor whose session it is
 * @param place the content of the top bar
 * @param note the outcome of the last action
 * @param list the list from which the visitor came
 * @param expired the page to return to after signing in again; null unless the session has ended
 */
public record PortalFrame(
    String title,
    String path,
    Words words,
    Appearance appearance,
    Visitor visitor,
    Place place,
    Note note,
    BackLink list,
    @Nullable String expired) {
  /**
   * The outcome of the last action.
   *
   * @param tone its CSS class: good or plain
   * @param text a sentence; empty if there was no action
   * @param earlier the page that sends earlier events; empty if it is no next step
   */
  public record Note(String tone, TimedText text, String earlier) {
    static final Note NONE = new Note("plain", TimedText.EMPTY);

    Note(String tone, TimedText text) {
      this(tone, text, "");
    }

    /** Returns a copy with one more sentence, and the page that sends earlier events. */
    Note and(String sentence, String page) {
      return new Note(tone, TimedText.of(text.before() + " " + sentence), page);
    }
  }

  /**
   * The site's part of a frame.
   *
   * @param product the name of the product; may be empty
   * @param images the paths of its images
   * @param theme the path of the site's stylesheet
   * @param origins the origins whose pages may frame the portal, separated by spaces
   * @param assets the path prefix of static files
   */
  public record Appearance(
      String product, PortalImages images, String theme, String origins, String assets) {
    static Appearance of(PortalSite site) {
      PortalSettings settings = site.settings();
      return new Appearance(
          settings.productName(),
          PortalImages.of(site.id(), settings),
          PortalTheme.of(settings).path(),
          String.join(" ", settings.origins()),
          PortalPages.ROOT + Assets.PATH);
    }
  }

  /**
   * The session's part of a frame.
   *
   * @param csrf the token for forms; empty if there is no session
   * @param can the actions that the session permits besides reading
   * @param scheme light or dark; null for that of the visitor's system
   * @param returnUrl the URL that leads back to the product; may be empty
   * @param name the user's display name; may be empty
   * @param viewed the user as whom an operator views the pages; empty if it is no operator
   * @param now the time of the request, RFC 3339; empty if no time is shown
   */
  public record Visitor(
      String csrf,
      Set<PortalCapability> can,
      @Nullable String scheme,
      String returnUrl,
      String name,
      String viewed,
      String now) {
    static final Visitor NONE = new Visitor("", Set.of(), null, "", "", "", "");

    static Visitor of(PortalSession session, String csrf, Instant now) {
      return new Visitor(
          csrf,
          session.can(),
          session.theme() == ColourScheme.AUTO ? null : session.theme().code(),
          session.returnUrl(),
          session.name(),
          session.isAsOperator() ? viewed(session) : "",
          now.toString());
    }

    private static String viewed(PortalSession session) {
      return session.name().isEmpty()
          ? session.subject()
          : session.name() + " (" + session.subject() + ")";
    }
  }

  /**
   * Content of the top bar, besides the product name.
   *
   * @param site the name of the site; empty if it has none or the visitor has access to only part
   *     of it
   * @param here path of the page, for returning in another language; for a list, with its filter
   */
  public record Place(String site, String here) {
    static final Place NONE = new Place("", PortalPages.HOME);
    private static final String LIST = "/portal/deliveries";

    static Place of(ConsoleRequest request, String site) {
      if (!request.method().equals("GET")) {
        return new Place(site, PortalPages.backOf(request.path()));
      }
      // Without their queries, these two pages are empty.
      String page = request.path().replaceFirst("/(sent|retry)$", "");
      boolean isFiltered = request.path().equals(LIST) && !request.query().isEmpty();
      return new Place(site, isFiltered ? page + PortalNote.without(request.query()) : page);
    }
  }

  /** Returns a copy with the outcome of an action. */
  PortalFrame with(Note outcome) {
    return new PortalFrame(title, path, words, appearance, visitor, place, outcome, list, expired);
  }

  /** Returns the languages to choose from. */
  public List<String> languages() {
    return Words.LANGUAGES;
  }

  /** Returns the name of a language in that language. */
  public String nameOf(String language) {
    Locale locale = Locale.forLanguageTag(language);
    String name = locale.getDisplayLanguage(locale);
    return name.substring(0, 1).toUpperCase(locale) + name.substring(1);
  }

  /** Returns whether this page is in a language. */
  public boolean isIn(String language) {
    return Locale.forLanguageTag(words.tag()).getLanguage().equals(language);
  }

  /** Returns the path that shows this page in another language. */
  public String in(String language) {
    return "/portal/language?to=" + language + "&page=" + FormValues.encoded(place.here());
  }

  /** Returns the path of a page, with a query that links back to the visitor's list. */
  public String to(String path) {
    return list.on(path);
  }

  /** Returns the path of the list from which the visitor came, or else of the default list. */
  public String up(String usual) {
    return list.path().isEmpty() ? usual : list.path();
  }

  /** Returns the name of the list from which the visitor came, or else of the default list. */
  public String upName(String usual) {
    return list.path().isEmpty() ? usual : list.label();
  }

  /**
   * Returns {@code page} for this page's own path, {@code true} for its section's path, or else
   * null.
   */
  public @Nullable String current(String section) {
    return path.equals(section) ? "page" : path.startsWith(section + "/") ? "true" : null;
  }

  /** Returns a text in the visitor's language. */
  public String say(String key, Object... parts) {
    return words.text(key, parts);
  }

  /** Returns the texts of relative times and units, for the script that keeps them current. */
  public String times() {
    return Stream.of(
            "time.now",
            "time.due",
            "time.in",
            "time.ago",
            "time.clock",
            "time.day",
            "unit.s",
            "unit.min",
            "unit.h",
            "unit.d")
        .map(words::text)
        .collect(Collectors.joining("|"));
  }

  /** Returns the name of the product; may be empty. */
  public String product() {
    return appearance.product();
  }

  /** Returns the path of the icon. */
  public String icon() {
    return appearance.images().icon().isEmpty()
        ? assets() + "/webhooks.svg"
        : appearance.images().icon();
  }

  /** Returns the path of the logo on pages of a scheme; empty if there is none. */
  public String logo(String scheme) {
    return appearance.images().logo(scheme);
  }

  /** Returns the scheme of the logo that is shown unless the visitor's system is dark. */
  public String shownScheme() {
    return visitor.scheme() == null ? "light" : visitor.scheme();
  }

  /** Returns the token for forms; empty if there is no session. */
  public String csrf() {
    return visitor.csrf();
  }

  /** Returns the path prefix of static files. */
  public String assets() {
    return appearance.assets();
  }

  /** Returns whether there is a session. */
  public boolean isSignedIn() {
    return !csrf().isEmpty();
  }

  /** Returns whether the session permits the user to send test events. */
  public boolean test() {
    return visitor.can().contains(PortalCapability.TEST);
  }

  /** Returns whether the session permits retries. */
  public boolean retry() {
    return visitor.can().contains(PortalCapability.RETRY);
  }

  /** Returns whether the session permits adding and changing endpoints. */
  public boolean manage() {
    return visitor.can().contains(PortalCapability.MANAGE);
  }
}
