package dev.hookferry.http.resource;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.portal.ColourScheme;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.portal.PortalLink;
import dev.hookferry.query.Page;
import dev.hookferry.store.session.SessionEntry;
import java.util.List;
import java.util.Map;

/** Portal links and sessions as the API accepts and returns them. */
public final class PortalLinkJson {
  /** The user that the link is for. */
  public static final FieldSpec<String> SUBJECT =
      FieldSpec.of(
              "subject",
              FieldKind.pattern("^[!-~]{1,80}$"),
              "Your id for the user: the audit log has it, and it ends the user's sessions.")
          .example("c-17");

  /** A display name. */
  public static final FieldSpec<String> NAME =
      FieldSpec.of("name", FieldKind.text(80), "The user's name, for the audit log.")
          .fallback("")
          .example("Ada");

  /** Capabilities of the link. */
  public static final FieldSpec<List<String>> CAN =
      FieldSpec.of(
              "can",
              FieldKind.list(
                  FieldKind.choice(PortalCapability.class, PortalCapability::code), 0, 6),
              "Capabilities besides reading.")
          .fallback("[\"test\",\"retry\",\"payload\"]")
          .example(List.of("test", "retry", "manage", "payload"));

  /** The labels of the endpoints that the user sees. */
  public static final FieldSpec<Map<String, String>> LABELS =
      EndpointFields.LABELS
          .saying(
              "The user sees only endpoints that have all these labels, and new ones get them; an"
                  + " empty object stands for all endpoints of the site.")
          .example(Map.of("customer", "c-17"));

  /** Idle timeout of the session, in minutes. */
  public static final FieldSpec<Integer> MINUTES =
      FieldSpec.of(
              "sessionMinutes",
              FieldKind.integer(1, 720),
              "How long the session may be unused; it ends after 12 hours in any case.")
          .fallback("60");

  /** Lifetime of the link, in seconds. */
  public static final FieldSpec<Integer> CODE_SECONDS =
      FieldSpec.of(
              "codeSeconds",
              FieldKind.integer(15, 900),
              "How long the link can be opened. The default is enough for a product that sends the"
                  + " browser there at once; give it longer for a link that a person passes on.")
          .fallback("60");

  /** The language. */
  public static final FieldSpec<String> LOCALE =
      FieldSpec.of(
              "locale",
              FieldKind.pattern("^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4})?$"),
              "The language of the pages as a tag: de, en or fr, others are shown in English. An"
                  + " empty string uses the browser's languages.")
          .fallback("")
          .example("de");

  /** The colour scheme. */
  public static final FieldSpec<String> THEME =
      FieldSpec.of(
              "theme",
              FieldKind.choice(ColourScheme.class, ColourScheme::code),
              "Whether pages are light or dark; auto follows the user's system.")
          .fallback("auto")
          .example("dark");

  /** The page that the link opens. */
  public static final FieldSpec<String> PAGE =
      FieldSpec.of(
              "page",
              FieldKind.text(1_200),
              "The path of the first page, such as the page that refreshUrl was given; empty for"
                  + " Home.")
          .fallback("")
          .example("/portal/deliveries");

  /** The URL of the link back to the product. */
  public static final FieldSpec<String> RETURN_URL =
      FieldSpec.of(
              "returnUrl",
              FieldKind.text(2_000),
              "Where a link on every page leads back to your product. It must have one of the"
                  + " origins in portal.origins; empty for no link.")
          .fallback("")
          .example("https://app.example.com/account");

  /** Flag of a read-only session in which an operator sees the portal as the user does. */
  public static final FieldSpec<Boolean> AS_OPERATOR =
      FieldSpec.of(
              "asOperator",
              FieldKind.flag(),
              "Whether you look at the pages as this user: nothing can be changed, each page says"
                  + " so, and the audit log has portal.viewed.")
          .fallback("false");

  /** The fields of a new link. */
  public static final FieldTable NEW =
      FieldTable.of(
              "NewPortalLink",
              SUBJECT,
              NAME,
              CAN,
              LABELS,
              MINUTES,
              CODE_SECONDS,
              LOCALE,
              THEME,
              PAGE,
              RETURN_URL,
              AS_OPERATOR)
          .requiring(SUBJECT);

  /** A newly created link. */
  public static final ResponseShape<CreatedLink> LINK =
      ResponseShape.<CreatedLink>of("PortalLink")
          .always(
              FieldSpec.of("id", FieldKind.text(), "The link's id, for your logs."),
              made -> made.link().id())
          .always(
              FieldSpec.of(
                  "url", FieldKind.text(), "Where to send the browser; secret, and works once."),
              CreatedLink::url)
          .always(
              FieldSpec.of("codeExpiresAt", FieldKind.time(), "Expiry of the link."),
              made -> made.link().codeExpiresAt())
          .ifAny(
              FieldSpec.of(
                  "warnings",
                  FieldKind.list(FieldKind.text()),
                  "Possible mistakes, such as labels that no endpoint has; absent if there are"
                      + " none."),
              made -> made.link().warnings().isEmpty() ? null : made.link().warnings());

  /** A session. */
  public static final ResponseShape<SessionEntry> SESSION =
      ResponseShape.<SessionEntry>of("PortalSession")
          .always(FieldSpec.of("id", FieldKind.text(), "The session's id."), SessionEntry::id)
          .always(SUBJECT.saying("The user."), SessionEntry::subject)
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of creation."),
              SessionEntry::createdAt)
          .always(
              FieldSpec.of("lastUsedAt", FieldKind.time(), "Time of its last use, to the minute."),
              SessionEntry::usedAt)
          .always(
              FieldSpec.of("expiresAt", FieldKind.time(), "When it ends unless it is used."),
              SessionEntry::expiresAt);

  /** A page of sessions. */
  public static final ResponseShape<Page<SessionEntry>> SESSIONS = SESSION.page("PortalSessions");

  private PortalLinkJson() {}

  /** A link with its URL. */
  public record CreatedLink(PortalLink link, String url) {}
}
