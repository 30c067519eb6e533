package dev.hookferry.app.migration.sender;

import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.ImportPlan;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedSite;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.app.migration.PlannedType;
import dev.hookferry.event.Channels;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads Hook0: applications, which become sites, event types, and subscriptions. */
public final class Hook0Reader implements SenderReader {
  private static final String SENDER = "hook0";
  private static final String API = "/api/v1";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration LAST_DELAY = Duration.ofHours(10);
  private static final int MAX_RETRIES = 24;

  @Override
  public ImportPlan read(SenderClient client, SenderSettings settings) {
    ImportNotes notes = new ImportNotes();
    if (settings.signature() == null) {
      notes.differs(
          "signatures are those of Hook0's default settings; if ENABLED_SIGNATURE_VERSIONS or"
              + " SIGNATURE_HEADER_NAME was changed, name the profile with --signature");
    }
    notes.differs(
        "a response of 410 disables the endpoint, and Retry-After counts with any status");
    notes.differs("deliveries of a disabled endpoint are held and sent when it is resumed");
    notes.differs("only JSON is sent");
    notes.differs("requests have a different User-Agent unless --user-agent is given");
    List<PlannedSite> sites = new ArrayList<>();
    for (String organization : organizations(client, settings)) {
      String query = "?organization_id=" + SenderClient.escaped(organization);
      for (SenderEntry application : client.list(API + "/applications/" + query)) {
        sites.add(site(client, application, settings, notes));
      }
    }
    return new ImportPlan(SENDER, List.of(), sites, notes.all());
  }

  private static List<String> organizations(SenderClient client, SenderSettings settings) {
    return settings.scopes().isEmpty()
        ? client.list(API + "/organizations/").stream()
            .map(organization -> organization.required("organization_id"))
            .toList()
        : settings.scopes();
  }

  private static PlannedSite site(
      SenderClient client, SenderEntry application, SenderSettings settings, ImportNotes notes) {
    String id = application.required("application_id");
    String name = application.text("name");
    String query = "?application_id=" + SenderClient.escaped(id);
    List<PlannedType> types = new ArrayList<>();
    for (SenderEntry type : client.list(API + "/event_types/" + query)) {
      types.add(PlannedType.named(type.required("event_type_name")));
    }
    List<PlannedEndpoint> endpoints = new ArrayList<>();
    for (SenderEntry subscription : client.list(API + "/subscriptions/" + query)) {
      endpoint(subscription, name.isEmpty() ? id : name, settings, notes).ifPresent(endpoints::add);
    }
    return new PlannedSite(new Origin(SENDER, id), name, null, Map.of(), null, types, endpoints);
  }

  private static Optional<PlannedEndpoint> endpoint(
      SenderEntry entry, String site, SenderSettings settings, ImportNotes notes) {
    String id = entry.required("subscription_id");
    SenderEntry target = entry.entry("target");
    EndpointMapping draft = new EndpointMapping(new Origin(SENDER, id), site, "", "", notes);
    if (!target.text("type").equals("http")) {
      draft.note(Kind.NO_COUNTERPART, "the subscription: its target is not http");
      return Optional.empty();
    }
    draft.url(target.required("url"));
    draft.description(entry.text("description"));
    draft.types(Objects.requireNonNullElse(entry.texts("event_types"), List.of()));
    labels(draft, entry.pairs("labels"));
    draft.metadata(entry.pairs("metadata"));
    draft.method(target.required("method"));
    target.pairs("headers").forEach(draft::header);
    draft.sending(settings, schedule(), TIMEOUT);
    draft.signature(settings, Signature.of(SignatureProfile.HOOK0));
    draft.secrets(List.of(entry.required("secret")), Duration.ofDays(1));
    draft.disabledIf(!entry.flag("is_enabled"));
    return draft.planned();
  }

  /** Sets the labels, unless one is named like a channel, which has another meaning here. */
  private static void labels(EndpointMapping draft, Map<String, String> labels) {
    if (labels.keySet().stream().anyMatch(Channels::isChannel)) {
      draft.incomplete(Kind.NO_COUNTERPART, "labels whose names begin with " + Channels.PREFIX);
    } else {
      draft.labels(labels, name -> !Channels.isChannel(name));
    }
  }

  private static RetrySettings schedule() {
    List<Duration> delays = new ArrayList<>();
    delays.add(Duration.ofSeconds(3));
    delays.add(Duration.ofSeconds(10));
    delays.add(Duration.ofMinutes(3));
    delays.add(Duration.ofMinutes(30));
    delays.add(Duration.ofHours(1));
    delays.add(Duration.ofHours(3));
    delays.add(Duration.ofHours(5));
    delays.addAll(Collections.nCopies(MAX_RETRIES - delays.size(), LAST_DELAY));
    return RetrySettings.schedule(delays);
  }
}
