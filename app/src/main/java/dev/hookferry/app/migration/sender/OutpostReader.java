package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.ImportPlan;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedSite;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.app.migration.PlannedType;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads Outpost: tenants, which become sites, topics, and destinations that are webhooks. */
public final class OutpostReader implements SenderReader {
  private static final String SENDER = "outpost";
  private static final String API = "/api/v1";
  private static final int MAX_PAGE = 100;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int NOT_FOUND = 404;
  private static final Duration MAX_OVERLAP = Duration.ofDays(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Statuses below 400 that are not redirects, which Outpost follows. */
  private static final JsonNode SUCCESS = JsonForms.texts("2xx", "300", "304");

  private static final RetrySettings RETRY =
      RetrySettings.of(10, Duration.ofSeconds(30)).exponential();

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ImportPlan read(SenderClient client, SenderSettings settings) {
    ImportNotes notes = new ImportNotes();
    noteDifferences(notes, settings);
    List<PlannedType> types = new ArrayList<>();
    for (JsonNode topic :
        client.find(API + "/topics", NOT_FOUND).orElseThrow(OutpostReader::none)) {
      types.add(PlannedType.named(topic.asText()));
    }
    List<PlannedSite> sites = new ArrayList<>();
    for (SenderEntry tenant : tenants(client, settings)) {
      sites.add(site(client, tenant, settings, notes));
    }
    return new ImportPlan(SENDER, types, sites, notes.all());
  }

  private static CommandFailure none() {
    return new CommandFailure("there are no topics; is --from the address of Outpost's API?");
  }

  private static void noteDifferences(ImportNotes notes, SenderSettings settings) {
    if (settings.signature() == null) {
      notes.differs(
          "signatures are those of Outpost's default settings; if its DESTINATIONS_WEBHOOK_ settings"
              + " were changed, name the profile with --signature");
    }
    notes.differs("requests have a different User-Agent unless --user-agent is given");
    notes.differs(
        "redirects are failures, not followed: give endpoints whose receivers redirect their final"
            + " URL");
    notes.differs("a response of 410 disables the endpoint, and Retry-After is honoured");
    notes.differs("deliveries of a disabled endpoint are held and sent when it is resumed");
    notes.differs("the metadata of an event is not sent as headers");
  }

  private static List<SenderEntry> tenants(SenderClient client, SenderSettings settings) {
    if (!settings.scopes().isEmpty()) {
      List<SenderEntry> named = new ArrayList<>();
      for (String id : settings.scopes()) {
        String path = API + "/tenants/" + SenderClient.escaped(id);
        JsonNode tenant =
            client.find(path, NOT_FOUND).orElseGet(() -> JSON.createObjectNode().put("id", id));
        named.add(new SenderEntry(tenant, "GET " + path));
      }
      return named;
    }
    String first = API + "/tenants?limit=" + settings.pageSize(MAX_PAGE);
    if (client.find(first, NOT_IMPLEMENTED).isEmpty()) {
      throw new CommandFailure(
          "Outpost cannot list its tenants (501); name each of them with --tenant");
    }
    return client.walk(
        first,
        page -> {
          String next = page.entry("pagination").text("next");
          return new SenderPage(
              page.requiredEntries("models"),
              next.isEmpty() ? null : first + "&next=" + SenderClient.escaped(next));
        });
  }

  private static PlannedSite site(
      SenderClient client, SenderEntry tenant, SenderSettings settings, ImportNotes notes) {
    String id = tenant.required("id");
    String path = API + "/tenants/" + SenderClient.escaped(id) + "/destinations";
    List<PlannedEndpoint> endpoints = new ArrayList<>();
    for (SenderEntry destination : client.list(path)) {
      endpoint(destination, id, settings, notes).ifPresent(endpoints::add);
    }
    return new PlannedSite(
        new Origin(SENDER, id), "", id, tenant.pairs("metadata"), null, List.of(), endpoints);
  }

  private static Optional<PlannedEndpoint> endpoint(
      SenderEntry entry, String site, SenderSettings settings, ImportNotes notes) {
    String id = entry.required("id");
    String type = entry.required("type");
    if (!type.equals("webhook")) {
      notes.add(
          Kind.NO_COUNTERPART,
          site + "/" + id,
          "the destination: it is of the type " + type + ", not a webhook");
      return Optional.empty();
    }
    EndpointMapping draft = new EndpointMapping(new Origin(SENDER, id), site, "", "", notes);
    SenderEntry config = entry.entry("config");
    draft.url(config.required("url"));
    draft.types(Objects.requireNonNullElse(entry.texts("topics"), List.of("*")));
    filter(draft, entry);
    Signature signature = settings.signature(Signature.of(SignatureProfile.OUTPOST));
    customHeaders(draft, config.text("custom_headers"));
    String prefix = headerPrefix(signature);
    entry.pairs("delivery_metadata").forEach((name, value) -> draft.header(prefix + name, value));
    draft.metadata(entry.pairs("metadata"));
    draft.sending(settings, RETRY, TIMEOUT);
    draft.defaultField("successStatuses", SUCCESS);
    draft.signature(settings, Signature.of(SignatureProfile.OUTPOST));
    secrets(draft, entry.entry("credentials"), settings.now());
    draft.disabledIf(entry.has("disabled_at"));
    return draft.planned();
  }

  /** Maps the filter: Outpost's cover whole events, Hookferry's only their data. */
  private static void filter(EndpointMapping draft, SenderEntry entry) {
    if (!entry.has("filter")) {
      draft.unfiltered();
      return;
    }
    OutpostFilter.onData(entry.json().path("filter"))
        .ifPresentOrElse(
            draft::filter,
            () -> draft.noFilter("its filter, which is about more than the data of an event"));
  }

  private static void customHeaders(EndpointMapping draft, String text) {
    if (text.isEmpty()) {
      return;
    }
    try {
      JsonNode headers = JSON.readTree(text);
      for (Map.Entry<String, JsonNode> header : headers.properties()) {
        draft.header(header.getKey(), header.getValue().asText());
      }
    } catch (JsonProcessingException e) {
      draft.incomplete(Kind.UNREADABLE, "its custom headers, which are not JSON");
    }
  }

  private static String headerPrefix(Signature signature) {
    Map<String, String> options = signature.options();
    boolean isStandard = options.getOrDefault("mode", "").equals("standard");
    return options.getOrDefault("headerPrefix", isStandard ? "Webhook-" : "X-Outpost-");
  }

  private static void secrets(EndpointMapping draft, SenderEntry credentials, Instant now) {
    String previous = credentials.text("previous_secret");
    Duration left = Duration.between(now, end(credentials.text("previous_secret_invalid_at"), now));
    List<String> secrets = new ArrayList<>();
    if (!previous.isEmpty() && left.toSeconds() > 0) {
      secrets.add(previous);
    }
    secrets.add(credentials.required("secret"));
    boolean isTooLong = left.compareTo(MAX_OVERLAP) > 0;
    if (secrets.size() > 1 && isTooLong) {
      draft.note(Kind.DIFFERENT, "its previous secret signs for 30 more days, not longer");
    }
    boolean isCounted = secrets.size() > 1 && !isTooLong;
    draft.secrets(secrets, isCounted ? Duration.ofSeconds(left.toSeconds()) : MAX_OVERLAP);
  }

  private static Instant end(String text, Instant otherwise) {
    try {
      return text.isEmpty() ? otherwise : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
