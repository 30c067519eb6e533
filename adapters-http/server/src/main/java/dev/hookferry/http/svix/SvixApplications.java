package dev.hookferry.http.svix;

import dev.hookferry.Provisioning;
import dev.hookferry.Webhooks;
import dev.hookferry.event.Envelope;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.route.SiteIdentityGuard;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.id.RequestKey;
import dev.hookferry.id.SiteId;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.site.SettingsUpdate;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls on applications, which are sites. */
final class SvixApplications {
  private static final Envelope RAW =
      new Envelope(
          Envelope.Style.RAW,
          Envelope.DEFAULT.typeField(),
          Envelope.DEFAULT.licenseField(),
          Envelope.DEFAULT.customerField());

  private final Webhooks webhooks;
  private final RepeatedRequests repeats;

  SvixApplications(Webhooks webhooks, RepeatedRequests repeats) {
    this.webhooks = webhooks;
    this.repeats = repeats;
  }

  HttpReply list(Call call) {
    SvixQuery query = new SvixQuery(call.rawQuery());
    SvixPage.Order order = new SvixPage.Order("", query.isDescending(false));
    return SvixPage.select(
            webhooks.sites().all(), site -> site.id().value(), SvixApplications::json, query, order)
        .reply();
  }

  HttpReply create(Call call) {
    boolean orGet = new SvixQuery(call.rawQuery()).flag("get_if_exists", false);
    Fields fields = Fields.of(SvixBody.of(call.body()), null);
    RequestKey key = repeats.key(call);
    String uid = fields.profile().uid();
    Predicate<Site> isRepeat =
        site ->
            SvixIds.unique(SvixIds.APPLICATION, site.id().value())
                .filter(id -> repeats.created(key, id))
                .isPresent();
    Predicate<Site> isAsked = site -> orGet && uid != null && uid.equals(site.profile().uid());
    Provisioning.ProvisionedSite made =
        made(call, key, fields, site -> isRepeat.test(site) || isAsked.test(site));
    boolean existed = !made.isNew() && !isRepeat.test(made.site());
    return reply(existed ? 200 : 201, made.site());
  }

  private Provisioning.ProvisionedSite made(
      Call call, RequestKey key, Fields fields, Predicate<Site> wanted) {
    UnaryOperator<SettingsUpdate> settings =
        update ->
            update
                .envelope(RAW)
                .retry(SvixRoutes.RETRY)
                .hideQlmEventTypes(true)
                .openCatalog(true)
                .limits(fields.limits());
    return webhooks
        .actingAs(call.actor())
        .provisioning()
        .site(wanted, SvixIds.site(repeats.id(key)), fields.profile(), settings);
  }

  HttpReply get(Call call) {
    return reply(200, webhooks.sites().get(call.site()));
  }

  /** Replaces an application, or creates it if none has that name. */
  HttpReply put(Call call) {
    Site current = webhooks.sites().find(call.variable("name")).orElse(null);
    Fields fields = Fields.of(SvixBody.of(call.body()), null);
    if (current == null) {
      return reply(201, made(call, repeats.key(call), fields, site -> false).site());
    }
    SiteProfile given = fields.profile();
    UnaryOperator<SiteProfile> profile =
        before -> before.name(given.name()).uid(given.uid()).metadata(given.metadata());
    SendRate rate = fields.limits().rate();
    return changed(call, current.id(), profile, before -> before.rate(rate));
  }

  HttpReply patch(Call call) {
    Site current = webhooks.sites().get(call.site());
    SvixBody body = SvixBody.of(call.body());
    var unused = Fields.of(body, current);
    return changed(
        call,
        current.id(),
        before -> Fields.profile(body, before, false),
        before -> Fields.limits(body, before, Fields.MAX_PER_SECOND));
  }

  private HttpReply changed(
      Call call, SiteId id, UnaryOperator<SiteProfile> profile, UnaryOperator<SendLimits> limits) {
    Site changed =
        webhooks
            .actingAs(call.actor())
            .sites()
            .change(
                id,
                before -> SiteIdentityGuard.permitted(call, before, profile.apply(before)),
                before -> before.limits(limits.apply(before.settings().limits())));
    return reply(200, changed);
  }

  HttpReply remove(Call call) {
    webhooks.actingAs(call.actor()).sites().remove(call.site());
    return HttpReply.nothing();
  }

  private static HttpReply reply(int status, Site site) {
    return HttpReply.json(status, JsonOutput.values(json(site)));
  }

  private static Map<String, ?> json(Site site) {
    SiteProfile profile = site.profile();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (profile.uid() != null) {
      json.put("uid", profile.uid());
    }
    json.put("name", profile.name().isEmpty() ? site.id().value() : profile.name());
    Integer rate = perSecond(site.settings().limits());
    if (rate != null) {
      json.put("rateLimit", rate);
    }
    json.put("throttleRate", rate);
    json.put("id", site.id().value());
    json.put("createdAt", site.createdAt().toString());
    Instant changedAt = profile.changedAt();
    json.put("updatedAt", (changedAt == null ? site.createdAt() : changedAt).toString());
    json.put("metadata", profile.metadata());
    return json;
  }

  /** Returns the rate in whole requests per second, at least 1; null for no limit. */
  static @Nullable Integer perSecond(@Nullable SendLimits limits) {
    SendRate rate = limits == null ? null : limits.rate();
    return rate == null ? null : (int) Math.max(1, Math.round(rate.averagePerSecond()));
  }

  /** An application as given in a request. */
  private record Fields(SiteProfile profile, SendLimits limits) {
    private static final int MAX_PER_SECOND = 65_535;

    /**
     * Reads the fields.
     *
     * @param current the site whose values absent fields keep; null if they get their defaults
     */
    static Fields of(SvixBody body, @Nullable Site current) {
      SiteProfile before = current == null ? SiteProfile.NONE : current.profile();
      SiteProfile profile = profile(body, before, current == null);
      SendLimits limits =
          limits(body, current == null ? null : current.settings().limits(), MAX_PER_SECOND);
      body.check();
      return new Fields(profile, limits);
    }

    /** Reads the profile; absent fields keep their values unless the application is new. */
    static SiteProfile profile(SvixBody body, SiteProfile before, boolean isNew) {
      String name = isNew || body.has("name") ? body.required("name") : before.name();
      String given = body.name("uid", SvixIds.APPLICATION);
      String uid = isNew || body.has("uid") ? given : before.uid();
      Map<String, String> metadata = body.texts("metadata");
      return before.name(name).uid(uid).metadata(metadata == null ? before.metadata() : metadata);
    }

    static SendLimits limits(SvixBody body, @Nullable SendLimits before, int max) {
      SendLimits current = before == null ? SendLimits.NONE : before;
      String field = body.either("throttleRate", "rateLimit");
      if (field == null) {
        return current;
      }
      Integer rate = body.number(field, 1, max);
      return current.rate(rate == null ? null : SendRate.perSecond(rate));
    }
  }
}
