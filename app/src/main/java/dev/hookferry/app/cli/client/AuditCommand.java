package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.ChangedFields;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.listing.UidLookup;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.WindowOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "audit",
    description = "Lists the audit log: who changed what, when and from where; newest first.")
public final class AuditCommand implements Callable<Integer> {
  private static final String NONE = "none";
  private static final String TARGET = "target";
  private static final String UID = "UID";
  private static final String MASK = "***";
  private static final Pattern ID = Pattern.compile("[a-z]{2,3}_[0-9a-z]{26}");
  private static final TableListing ENTRIES =
      new TableListing("no matching entries")
          .time("TIME", "at")
          .column("ACTION", "action")
          .column("SITE", "site")
          .subject("TARGET", TARGET)
          .column(UID, "uid")
          .text("BY", "by")
          .column("FROM", "address")
          .text("CHANGES", AuditCommand::changes);

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private WindowOptions window = new WindowOptions();
  @Mixin private LimitOption limit = new LimitOption();

  @Option(names = "--site", paramLabel = "SITE", description = "Only changes to this site.")
  private @Nullable String site;

  @Option(
      names = "--key-id",
      paramLabel = "KEY_ID",
      description = "Only changes made with this key; its id, from keys list.")
  private @Nullable String key;

  @Option(
      names = "--target",
      paramLabel = "ID",
      description = {
        "Only changes to this delivery, key, site or endpoint; an endpoint's uid is looked up in --site",
        "(default: the site named default)."
      })
  private @Nullable String target;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this action, such as endpoint.changed.")
  private @Nullable String action;

  @Override
  public Integer call() {
    OptionProblems problems = new OptionProblems();
    Integer unused = problems.read(limit::value);
    Path path =
        window.with(
            Path.of("audit")
                .with("site", site)
                .with("key", key)
                .with("target", target == null ? null : id(target))
                .with("action", action),
            problems);
    problems.throwIfAny(() -> server.client().get(path.with("limit", 1)));
    ObjectNode found = TableListing.fetch(server.client(), path, limit.value());
    ENTRIES.show(server, found, this::print);
    return ExitCode.DONE;
  }

  /** Prints entries; a terminal shows an endpoint's uid in place of its id. */
  private void print(JsonNode entries) {
    Map<String, Set<String>> endpoints = new HashMap<>();
    for (JsonNode entry : entries) {
      String id = entry.path(TARGET).asText();
      if (id.startsWith("ep_") && entry.hasNonNull("site")) {
        endpoints.computeIfAbsent(entry.path("site").asText(), name -> new HashSet<>()).add(id);
      }
    }
    Map<String, String> uids = new HashMap<>();
    endpoints.forEach((owner, ids) -> uids.putAll(uids(owner, ids)));
    List<JsonNode> named = new ArrayList<>();
    for (JsonNode entry : entries) {
      String id = entry.path(TARGET).asText();
      String uid = uids.getOrDefault(id, "");
      ObjectNode copy = entry.deepCopy();
      named.add(server.isFitted() && !uid.isEmpty() ? copy.put(TARGET, uid) : copy.put("uid", uid));
    }
    Table table = ENTRIES.table(named);
    server.table(server.isFitted() ? table.without(UID) : table);
  }

  /** Returns the uids of endpoints; none if the site was removed or the key may not read it. */
  private Map<String, String> uids(String owner, Set<String> ids) {
    try {
      return UidLookup.of(server, owner, ids);
    } catch (ApiException e) {
      return Map.of();
    }
  }

  /** Returns the id of the endpoint with this uid, and anything else unchanged. */
  private String id(String text) {
    if (ID.matcher(text).matches()) {
      return text;
    }
    try {
      String owner = site == null ? "default" : site;
      return server.client().get(Path.ofSite(owner, "endpoints", text)).path("id").asText(text);
    } catch (ApiException e) {
      return text;
    }
  }

  /**
   * Returns each change as {@code field: before → after}; for a new resource, only the new values.
   */
  private static String changes(JsonNode entry) {
    String action = entry.path("action").asText();
    boolean isChanged = action.endsWith(".changed");
    List<String> texts = new ArrayList<>();
    for (JsonNode change : entry.path("changes")) {
      String field = change.path("field").asText();
      String none = action.startsWith("endpoint.") ? ChangedFields.emptyLabel(field) : NONE;
      String after = change.hasNonNull("after") ? change.path("after").asText() : none;
      String before = change.hasNonNull("before") ? change.path("before").asText() : none;
      if (after.startsWith(MASK) && after.equals(before)) {
        texts.add(field + (field.equals("secret") ? " rotated" : " replaced"));
      } else {
        boolean isNew = !change.hasNonNull("before") && !isChanged;
        texts.add(field + ": " + (isNew ? after : before + " → " + after));
      }
    }
    return String.join("; ", texts);
  }
}
