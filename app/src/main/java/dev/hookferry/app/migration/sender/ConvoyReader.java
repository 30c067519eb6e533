package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.app.migration.ImportNotes;
import dev.hookferry.app.migration.ImportPlan;
import dev.hookferry.app.migration.PlannedEndpoint;
import dev.hookferry.app.migration.PlannedSite;
import dev.hookferry.app.migration.PlannedSite.Origin;
import dev.hookferry.app.migration.PlannedType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads Convoy: projects, which become sites, event types, and subscriptions. */
public final class ConvoyReader implements SenderReader {
  static final String SENDER = "convoy";

  private static final int MAX_PAGE = 100;
  private static final int NOT_FOUND = 404;

  @Override
  public ImportPlan read(SenderClient client, SenderSettings settings) {
    ImportNotes notes = new ImportNotes();
    noteDifferences(notes);
    List<PlannedSite> sites = new ArrayList<>();
    for (String project : settings.scopes()) {
      sites.add(site(client, project, settings, notes));
    }
    return new ImportPlan(SENDER, List.of(), sites, notes.all());
  }

  private static void noteDifferences(ImportNotes notes) {
    notes.differs("redirects are failures, not followed");
    notes.differs("requests have a different User-Agent unless --user-agent is given");
    notes.differs("a response of 410 disables the endpoint, and Retry-After is honoured");
    notes.differs("deliveries of a disabled endpoint are held and sent when it is resumed");
    notes.differs(
        "an owner_id becomes the label owner: publish events with that label to fan them out to an"
            + " owner, and with the endpoint's uid in to for a single one");
    notes.differs("schemas are described, but not enforced; use --policy to warn or block");
    notes.add(Kind.NO_COUNTERPART, "", "sources, portal links, notifications and meta events");
  }

  /** Returns the entries of all pages; each page contains the cursor of the next one. */
  private static List<SenderEntry> all(SenderClient client, String first) {
    return client.walk(
        first,
        page -> {
          SenderEntry data = page.entry("data");
          SenderEntry paging = data.entry("pagination");
          String next =
              first
                  + "&direction=next&next_page_cursor="
                  + SenderClient.escaped(paging.text("next_page_cursor"));
          return new SenderPage(
              data.requiredEntries("content"), paging.flag("has_next_page") ? next : null);
        });
  }

  private static PlannedSite site(
      SenderClient client, String id, SenderSettings settings, ImportNotes notes) {
    String path = "/api/v1/projects/" + SenderClient.escaped(id);
    SenderEntry project = client.get(path).entry("data");
    SenderEntry config = project.entry("config");
    String name = project.required("name");
    noteProject(config, name, notes);
    String limit = "?perPage=" + settings.pageSize(MAX_PAGE);
    Map<String, SenderEntry> endpoints = new LinkedHashMap<>();
    for (SenderEntry endpoint : all(client, path + "/endpoints" + limit)) {
      if (!endpoint.has("deleted_at")) {
        endpoints.put(endpoint.required("uid"), endpoint);
      }
    }
    ConvoyEndpoints mapping = new ConvoyEndpoints(config, name, notes);
    List<PlannedEndpoint> planned = new ArrayList<>();
    Map<String, SenderEntry> unused = new LinkedHashMap<>(endpoints);
    for (SenderEntry subscription : all(client, path + "/subscriptions" + limit)) {
      String endpoint = subscription.entry("endpoint_metadata").text("uid");
      if (endpoints.containsKey(endpoint) && !subscription.has("deleted_at")) {
        unused.remove(endpoint);
        mapping
            .planned(endpoints.get(endpoint), subscription, filters(client, path, subscription))
            .ifPresent(planned::add);
      }
    }
    for (SenderEntry endpoint : unused.values()) {
      String text = "the endpoint: it has no subscription, so it receives nothing";
      notes.add(Kind.NO_COUNTERPART, name + "/" + endpoint.text("name"), text);
    }
    List<PlannedType> types = types(client, path);
    return new PlannedSite(new Origin(SENDER, id), name, null, Map.of(), null, types, planned);
  }

  private static void noteProject(SenderEntry config, String name, ImportNotes notes) {
    if (config.has("request_id_header")) {
      notes.add(
          Kind.NO_COUNTERPART,
          name,
          "the header "
              + config.text("request_id_header")
              + " with the idempotency key; the event id is in webhook-id");
    }
    SenderEntry rate = config.entry("ratelimit");
    if (rate.whole("count") > 0) {
      String text = "the project's rate limit of " + rate.whole("count") + " requests in ";
      notes.add(Kind.NO_COUNTERPART, name, text + rate.whole("duration") + " s");
    }
  }

  /** Returns the filters by event type; empty for Convoy versions with one per subscription. */
  private static List<SenderEntry> filters(
      SenderClient client, String path, SenderEntry subscription) {
    String own = path + "/subscriptions/" + SenderClient.escaped(subscription.required("uid"));
    return client
        .find(own + "/filters", NOT_FOUND)
        .map(node -> new SenderEntry(node, "GET " + own + "/filters").entries("data"))
        .orElse(List.of());
  }

  private static List<PlannedType> types(SenderClient client, String path) {
    List<PlannedType> types = new ArrayList<>();
    for (SenderEntry type : client.get(path + "/event-types").entries("data")) {
      String name = type.required("name");
      JsonNode schema = type.json().path("json_schema");
      boolean hasSchema = type.has("json_schema") && schema.isObject();
      if (!name.equals("*")) {
        types.add(
            new PlannedType(
                name,
                type.text("description"),
                hasSchema ? schema : null,
                null,
                type.has("deprecated_at"),
                null));
      }
    }
    return types;
  }
}
