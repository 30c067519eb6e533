package dev.hookferry.http.resource;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.portal.PortalLink;
import dev.hookferry.query.Page;
import dev.hookferry.store.session.SessionEntry;
import java.util.List;
import java.util.Map;

/** Links to the portal, and its sessions, as the API takes and returns them. */
public final class PortalLinkJson {
  /** Whom the link is for. */
  public static final FieldSpec<String> SUBJECT =
      FieldSpec.of(
              "subject",
              FieldKind.pattern("^[!-~]{1,80}$"),
              "Your own name of the user: the audit log has it, and it ends the user's sessions.")
          .example("c-17");

  /** A name for people. */
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

  /** Which endpoints. */
  public static final FieldSpec<Map<String, String>> LABELS =
      EndpointFields.LABELS
          .saying(
              "The user sees only endpoints that have all these labels, and new ones get them; an"
                  + " empty object stands for all endpoints of the site.")
          .example(Map.of("customer", "c-17"));

  /** How long the session may be unused. */
  public static final FieldSpec<Integer> MINUTES =
      FieldSpec.of(
              "sessionMinutes",
              FieldKind.whole(1, 720),
              "How long the session may be unused; it ends after 12 hours in any case.")
          .fallback("60");

  /** The fields of a new link. */
  public static final FieldTable NEW =
      FieldTable.of("NewPortalLink", SUBJECT, NAME, CAN, LABELS, MINUTES).requiring(SUBJECT);

  /** A link that was made. */
  public static final ResponseShape<Made> LINK =
      ResponseShape.<Made>of("PortalLink")
          .always(
              FieldSpec.of("id", FieldKind.text(), "The link's id, for your logs."),
              made -> made.link().id())
          .always(
              FieldSpec.of(
                  "url",
                  FieldKind.text(),
                  "Where to send the browser: secret, and good for one use."),
              Made::url)
          .always(
              FieldSpec.of("codeExpiresAt", FieldKind.time(), "Until when it can be used."),
              made -> made.link().codeExpiresAt());

  /** A session. */
  public static final ResponseShape<SessionEntry> SESSION =
      ResponseShape.<SessionEntry>of("PortalSession")
          .always(FieldSpec.of("id", FieldKind.text(), "The session's id."), SessionEntry::id)
          .always(SUBJECT.saying("The user."), SessionEntry::subject)
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of its beginning."),
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
  public record Made(PortalLink link, String url) {}
}
