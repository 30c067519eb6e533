package dev.hookferry.http.api;

import dev.hookferry.field.FieldValues;
import dev.hookferry.http.portal.PortalOrigin;
import dev.hookferry.http.resource.PortalLinkJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.http.wire.RequestFields;
import dev.hookferry.portal.ColourScheme;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.portal.PortalLink;
import dev.hookferry.query.PageRequest;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls with which an operator creates portal links and ends portal sessions. */
public final class PortalLinkRoutes {
  private final Portal portal;
  private final PortalOrigin origin;

  /**
   * Creates the calls.
   *
   * @param origin the origin of links
   */
  public PortalLinkRoutes(Portal portal, PortalOrigin origin) {
    this.portal = portal;
    this.origin = origin;
  }

  HttpReply link(Call call) {
    RequestFields fields = call.given(PortalLinkJson.NEW);
    String subject = fields.required(PortalLinkJson.SUBJECT.name());
    FieldValues values = PortalLinkJson.NEW.read(fields);
    fields.check();
    NewPortalLink requested =
        NewPortalLink.of(subject)
            .name(values.get(PortalLinkJson.NAME, ""))
            .labels(values.get(PortalLinkJson.LABELS, Map.<String, String>of()))
            .can(can(values.get(PortalLinkJson.CAN)))
            .sessionMinutes(
                values.get(PortalLinkJson.MINUTES, (int) NewPortalLink.DEFAULT_IDLE.toMinutes()))
            .codeSeconds(
                values.get(
                    PortalLinkJson.CODE_SECONDS, (int) NewPortalLink.DEFAULT_CODE.toSeconds()));
    PortalLink link = portal.link(call.site(), opening(requested, values), call.actor());
    String url = origin.of(call) + "/portal/" + link.code();
    return HttpReply.json(
        201, JsonOutput.one(PortalLinkJson.LINK, new PortalLinkJson.CreatedLink(link, url)));
  }

  /**
   * Adds the language, theme, first page and return URL, and whether the operator views the portal.
   */
  private static NewPortalLink opening(NewPortalLink requested, FieldValues values) {
    NewPortalLink opening =
        requested
            .locale(values.get(PortalLinkJson.LOCALE, ""))
            .theme(
                ColourScheme.fromCode(values.get(PortalLinkJson.THEME, ""))
                    .orElse(ColourScheme.AUTO))
            .page(values.get(PortalLinkJson.PAGE, ""))
            .returnUrl(values.get(PortalLinkJson.RETURN_URL, ""));
    return values.get(PortalLinkJson.AS_OPERATOR, false) ? opening.asOperator() : opening;
  }

  private static Set<PortalCapability> can(@Nullable List<String> words) {
    if (words == null) {
      return PortalCapability.DEFAULTS;
    }
    List<PortalCapability> can = new ArrayList<>();
    words.forEach(word -> PortalCapability.fromCode(word).ifPresent(can::add));
    return Set.copyOf(can);
  }

  HttpReply list(Call call) {
    PageRequest part = call.query().page();
    String subject = subject(call);
    call.query().check();
    return HttpReply.ok(
        JsonOutput.one(PortalLinkJson.SESSIONS, portal.sessions(call.site(), subject, part)));
  }

  private static @Nullable String subject(Call call) {
    String name = QueryFields.SUBJECT.name();
    return call.query()
        .id(
            name,
            text -> {
              if (!CallerText.canBeKept(text)) {
                throw InvalidException.of(name, CallerText.KEPT);
              }
              return text;
            });
  }

  HttpReply end(Call call) {
    UUID id = call.id("session", PortalLinkRoutes::uuid);
    if (!portal.end(call.site(), id, call.actor())) {
      throw new NotFoundException("session", id);
    }
    return HttpReply.nothing();
  }

  private static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw InvalidException.of("id", "must be the id of a session");
    }
  }

  HttpReply endAll(Call call) {
    String subject = subject(call);
    call.query().check();
    if (subject == null) {
      throw InvalidException.of("subject", "is required: the user whose sessions end");
    }
    int unused = portal.endAll(call.site(), subject, call.actor());
    return HttpReply.nothing();
  }
}
