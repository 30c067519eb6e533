package dev.hookferry.store.config;

import dev.hookferry.event.Envelope;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.SearchFields;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.secret.Sealed;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteProfile;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.site.SiteSigningKey;
import dev.hookferry.site.SiteSigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Stored form of a site, used by every store: one line of JSON in ASCII. */
public final class SiteText {
  private SiteText() {}

  /** Writes a site. */
  public static String write(Site site) {
    Objects.requireNonNull(site, "site");
    SiteSettings settings = site.settings();
    JsonWriter json = new JsonWriter();
    json.text("id", site.id().value())
        .text("createdAt", site.createdAt().toString())
        .flag("webHooksEnabled", settings.webHooksEnabled())
        .object("retry", settings.retry(), ConfigText::retry)
        .text("secretKey", settings.secretKey() == null ? null : settings.secretKey().text())
        .object("envelope", settings.envelope(), SiteText::envelope)
        .texts(
            "eventTypes",
            settings.catalog().declared().stream().map(EventType::name).sorted().toList())
        .flag("qlmHidden", settings.catalog().qlmHidden())
        .text("timeout", settings.timeout() == null ? null : settings.timeout().toString())
        .object(
            "limits", settings.limits().isEmpty() ? null : settings.limits(), ConfigText::limits)
        .text("egress", settings.egress())
        .textsByName("searchFields", searchFields(settings.searchFields()))
        .text("subjectKey", settings.subjectKey() == null ? null : settings.subjectKey().text())
        .objects("signingKeys", settings.signingKeys().all(), SiteText::signingKey)
        .object(
            "portal",
            settings.portal().equals(PortalSettings.OFF) ? null : settings.portal(),
            PortalText::write)
        .object("profile", site.profile().isNone() ? null : site.profile(), SiteText::profile);
    if (settings.catalog().open()) {
      json.flag("openCatalog", true);
    }
    return json.end();
  }

  /** Reads the output of {@link #write}. */
  public static Site read(JsonMembers members) {
    Objects.requireNonNull(members, "members");
    return new Site(
        members.text("id", SiteId::new),
        Objects.requireNonNullElse(
            members.objectOrNull("profile", SiteText::profile), SiteProfile.NONE),
        SiteSettings.DEFAULT
            .withWebHooksEnabled(members.flag("webHooksEnabled"))
            .withRetry(members.object("retry", ConfigText::retry))
            .withSecretKey(members.textOrNull("secretKey", Sealed::new))
            .withEnvelope(members.object("envelope", SiteText::envelope))
            .withCatalog(
                new EventCatalog(
                    Set.copyOf(members.texts("eventTypes", EventType::new)),
                    members.flagIfThere("qlmHidden"),
                    members.flagIfThere("openCatalog")))
            .withSubjectKey(members.textOrNull("subjectKey", Sealed::new))
            .withSigningKeys(
                new SiteSigningKeys(members.objects("signingKeys", SiteText::signingKey)))
            .withTimeout(members.textOrNull("timeout", Duration::parse))
            .withSearchFields(searchFields(members.textsByName("searchFields")))
            .withEgress(members.textOrNull("egress", Function.identity()))
            .withPortal(
                Objects.requireNonNullElse(
                    members.objectOrNull("portal", PortalText::read), PortalSettings.OFF))
            .withLimits(
                Objects.requireNonNullElse(
                    members.objectOrNull("limits", ConfigText::limits), SendLimits.NONE)),
        members.text("createdAt", Instant::parse));
  }

  private static void profile(JsonWriter json, SiteProfile profile) {
    Instant changedAt = profile.changedAt();
    json.text("name", profile.name())
        .text("uid", profile.uid())
        .textsByName("metadata", profile.metadata())
        .text("changedAt", changedAt == null ? null : changedAt.toString());
  }

  private static SiteProfile profile(JsonMembers members) {
    return new SiteProfile(
        members.text("name"),
        members.textOrNull("uid", Function.identity()),
        members.textsByName("metadata"),
        members.textOrNull("changedAt", Instant::parse));
  }

  private static void signingKey(JsonWriter json, SiteSigningKey key) {
    json.text("publicKey", key.publicKey())
        .text("privateKey", key.privateKey().text())
        .text("activeFrom", key.activeFrom().toString())
        .text("signer", key.signer());
  }

  private static SiteSigningKey signingKey(JsonMembers members) {
    return new SiteSigningKey(
        members.text("publicKey"),
        members.text("privateKey", Sealed::new),
        members.text("activeFrom", Instant::parse),
        members.textOrNull("signer", Function.identity()));
  }

  private static Map<String, String> searchFields(SearchFields fields) {
    Map<String, String> since = new LinkedHashMap<>();
    fields.all().forEach(field -> since.put(field.name(), field.since().toString()));
    return since;
  }

  private static SearchFields searchFields(Map<String, String> since) {
    List<SearchFields.Field> fields = new ArrayList<>();
    since.forEach((name, time) -> fields.add(new SearchFields.Field(name, Instant.parse(time))));
    return new SearchFields(fields);
  }

  private static void envelope(JsonWriter json, Envelope envelope) {
    json.text("style", envelope.style().name())
        .text("typeField", envelope.typeField())
        .text("licenseField", envelope.licenseField())
        .text("customerField", envelope.customerField());
  }

  private static Envelope envelope(JsonMembers members) {
    return new Envelope(
        members.text("style", Envelope.Style::valueOf),
        members.text("typeField"),
        members.text("licenseField"),
        members.text("customerField"));
  }
}
