package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.ImportPlan;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedSite;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.app.migration.PlannedType;
import dev.hookferry.event.Channels;
import dev.hookferry.http.svix.SvixRoutes;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.StandardSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads Svix: applications, which become sites, event types and endpoints. */
public final class SvixReader implements SenderReader {
  private static final String SENDER = "svix";
  private static final int MAX_PAGE = 250;
  private static final int MAX_VERSIONS_DIGITS = 9;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @Override
  public ImportPlan read(SenderClient client, SenderSettings settings) {
    ImportNotes notes = new ImportNotes();
    noteDifferences(notes);
    String limit = "?limit=" + settings.pageSize(MAX_PAGE);
    List<PlannedType> types = new ArrayList<>();
    for (SenderEntry type :
        all(client, "/api/v1/event-type" + limit + "&include_archived=true&with_content=true")) {
      types.add(type(type, notes));
    }
    List<PlannedSite> sites = new ArrayList<>();
    for (SenderEntry app : all(client, "/api/v1/app" + limit)) {
      sites.add(site(client, app, settings, notes));
    }
    return new ImportPlan(SENDER, types, sites, notes.all());
  }

  private static void noteDifferences(ImportNotes notes) {
    notes.differs("schemas are described, but not enforced; use --policy to warn or block");
    notes.differs("deliveries of a disabled endpoint are held and sent when it is resumed");
    notes.differs("a rate limit is enforced, and that of an application applies to each endpoint");
    notes.differs("a response of 410 disables the endpoint, as its receiver asks");
    notes.differs("old secrets of a running rotation cannot be read and no longer sign");
    notes.differs("messages and pending retries stay where they are");
    notes.differs("requests have a different User-Agent unless --user-agent is given");
  }

  private static List<SenderEntry> all(SenderClient client, String first) {
    return client.walk(
        first,
        page -> {
          List<SenderEntry> data = page.requiredEntries("data");
          if (page.flag("done")) {
            return new SenderPage(data, null);
          }
          return new SenderPage(
              data, first + "&iterator=" + SenderClient.escaped(page.required("iterator")));
        });
  }

  private static PlannedType type(SenderEntry type, ImportNotes notes) {
    String name = type.required("name");
    TreeMap<Integer, JsonNode> schemas = new TreeMap<>();
    type.entry("schemas")
        .json()
        .properties()
        .forEach(
            version -> {
              if (version.getKey().matches("[0-9]{1," + MAX_VERSIONS_DIGITS + "}")) {
                schemas.put(Integer.valueOf(version.getKey()), version.getValue());
              }
            });
    JsonNode schema = schemas.isEmpty() ? null : schemas.lastEntry().getValue();
    if (schemas.size() > 1) {
      notes.add(
          Kind.NO_COUNTERPART, name, "older versions of its schema; only the last one is imported");
    }
    if (type.has("featureFlag")) {
      notes.add(Kind.NO_COUNTERPART, name, "its feature flag: everyone can see the event type");
    }
    return new PlannedType(
        name,
        type.text("description"),
        schema,
        example(schema),
        type.flag("deprecated"),
        type.flag("archived"));
  }

  private static @Nullable JsonNode example(@Nullable JsonNode schema) {
    JsonNode first = schema == null ? null : schema.path("examples").path(0);
    return first == null || first.isMissingNode() ? null : first;
  }

  private static PlannedSite site(
      SenderClient client, SenderEntry entry, SenderSettings settings, ImportNotes notes) {
    Origin origin = new Origin(SENDER, entry.required("id"));
    String name = entry.text("name");
    String uid = entry.text("uid");
    String path = "/api/v1/app/" + SenderClient.escaped(origin.id()) + "/endpoint";
    Application application = new Application(path, uid.isEmpty() ? name : uid);
    List<PlannedEndpoint> endpoints = new ArrayList<>();
    for (SenderEntry endpoint : all(client, path + "?limit=" + settings.pageSize(MAX_PAGE))) {
      endpoint(client, application, endpoint, settings, notes).ifPresent(endpoints::add);
    }
    int rate = rate(entry);
    return new PlannedSite(
        origin,
        name,
        uid.isEmpty() ? null : uid,
        entry.pairs("metadata"),
        rate == 0 ? "" : rate + "/s",
        List.of(),
        endpoints);
  }

  /** The path of an application's endpoints, and its name in reports. */
  private record Application(String path, String label) {}

  private static int rate(SenderEntry entry) {
    return Math.max(entry.whole("throttleRate"), entry.whole("rateLimit"));
  }

  private static Optional<PlannedEndpoint> endpoint(
      SenderClient client,
      Application application,
      SenderEntry entry,
      SenderSettings settings,
      ImportNotes notes) {
    String id = entry.required("id");
    EndpointMapping draft =
        new EndpointMapping(
            new Origin(SENDER, id), application.label(), entry.text("uid"), "", notes);
    draft.url(entry.required("url"));
    draft.description(entry.text("description"));
    List<String> types = entry.texts(entry.has("eventTypes") ? "eventTypes" : "filterTypes");
    draft.types(types == null ? List.of("*") : types);
    channels(draft, entry.texts("channels"));
    draft.rate(rate(entry), 1);
    draft.metadata(entry.pairs("metadata"));
    draft.sending(settings, SvixRoutes.RETRY, TIMEOUT);
    draft.disabledIf(entry.flag("disabled"));
    String own = application.path() + "/" + SenderClient.escaped(id);
    secret(draft, client.get(own + "/secret").required("key"), settings);
    SenderEntry headers = client.get(own + "/headers");
    headers.pairs("headers").forEach(draft::header);
    Objects.requireNonNullElse(headers.texts("sensitive"), List.<String>of())
        .forEach(draft::unreadableHeader);
    return draft.planned();
  }

  private static void channels(EndpointMapping draft, @Nullable List<String> channels) {
    try {
      List<String> all = Objects.requireNonNullElse(channels, List.of());
      draft.labels(Channels.labels(all), Channels::isChannel);
    } catch (InvalidException e) {
      draft.incomplete(Kind.NO_COUNTERPART, "its channels, which are too long or too many");
    }
  }

  private static void secret(EndpointMapping draft, String key, SenderSettings settings) {
    if (key.startsWith(Ed25519Key.PUBLIC_PREFIX)) {
      draft.signature(settings, Signature.of(SignatureProfile.SVIX));
      draft.keyPair();
      draft.incomplete(
          Kind.UNREADABLE,
          "its private Ed25519 key; rotate to that key (whsk_), or give its receiver the public key"
              + " of the new key pair that it got");
      return;
    }
    if (!key.startsWith(StandardSecret.PREFIX) && !key.startsWith(Ed25519Key.PRIVATE_PREFIX)) {
      throw new CommandFailure("the secret of " + draft.subject() + " has an unknown format");
    }
    draft.signature(settings, Signature.of(SignatureProfile.SVIX));
    draft.secrets(List.of(key), Duration.ofDays(1));
  }
}
