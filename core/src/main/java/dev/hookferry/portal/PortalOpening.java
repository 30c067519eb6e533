package dev.hookferry.portal;

import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Language, colour scheme, first page and return URL of a portal visit.
 *
 * @param locale a language tag such as {@code de-AT}; empty to use the browser's languages
 * @param theme light or dark
 * @param page the path of the first page; empty for Home
 * @param returnUrl the product's URL for the link back; empty for no link
 */
record PortalOpening(String locale, ColourScheme theme, String page, String returnUrl) {
  static final PortalOpening DEFAULT = new PortalOpening("", ColourScheme.AUTO, "", "");

  private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}");
  private static final Pattern PAGE =
      Pattern.compile("/portal/[A-Za-z0-9_./-]{0,200}(\\?[A-Za-z0-9_.~%&=+:*,-]{0,1000})?");
  private static final Pattern ADDRESS = Pattern.compile("https?://[!-~&&[^\"'<>\\\\@]]{1,2000}");

  PortalOpening {
    Problems problems = new Problems();
    problems.require(
        locale.isEmpty() || LOCALE.matcher(locale).matches(),
        "locale",
        "must be a language tag such as de or fr-CA");
    problems.require(
        page.isEmpty() || (PAGE.matcher(page).matches() && !page.contains("..")),
        "page",
        "must be the path of a page of the portal, such as /portal/deliveries");
    problems.require(
        returnUrl.isEmpty() || ADDRESS.matcher(returnUrl).matches(),
        "returnUrl",
        "must be an address such as https://app.example.com/webhooks");
    problems.throwIfAny();
  }

  PortalOpening withLocale(String locale) {
    return new PortalOpening(locale, theme, page, returnUrl);
  }

  PortalOpening withTheme(ColourScheme theme) {
    return new PortalOpening(locale, theme, page, returnUrl);
  }

  PortalOpening withPage(String page) {
    return new PortalOpening(locale, theme, page, returnUrl);
  }

  PortalOpening withReturnUrl(String returnUrl) {
    return new PortalOpening(locale, theme, page, returnUrl);
  }

  /**
   * Requires the return URL to belong to the product, so that a link cannot redirect elsewhere.
   *
   * @param origins the site's {@code portal.origins}
   */
  void requireReturnTo(List<String> origins) {
    if (!returnUrl.isEmpty() && !origins.contains(origin())) {
      throw InvalidException.of(
          "returnUrl",
          "must have one of the origins in portal.origins; add " + origin() + " there");
    }
  }

  private String origin() {
    try {
      URI url = URI.create(returnUrl);
      return url.getScheme() + "://" + url.getRawAuthority();
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("returnUrl", "must be a valid URL");
    }
  }

  void write(JsonWriter json) {
    json.text("locale", locale)
        .text("theme", theme.code())
        .text("page", page)
        .text("returnUrl", returnUrl);
  }

  /**
   * Reads the output of {@link #write}; absent values, as in older sessions, get their defaults.
   */
  static PortalOpening read(JsonMembers members) {
    ColourScheme theme =
        members.textOrNull("theme", word -> ColourScheme.fromCode(word).orElse(ColourScheme.AUTO));
    return new PortalOpening(
        orEmpty(members, "locale"),
        theme == null ? ColourScheme.AUTO : theme,
        orEmpty(members, "page"),
        orEmpty(members, "returnUrl"));
  }

  private static String orEmpty(JsonMembers members, String name) {
    String text = members.textOrNull(name, value -> value);
    return text == null ? "" : text;
  }
}
