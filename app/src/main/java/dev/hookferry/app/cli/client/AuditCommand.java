package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.WindowOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import java.util.ArrayList;
import java.util.List;
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
  private static final String MASK = "***";
  private static final Pattern ID = Pattern.compile("[a-z]{2,3}_[0-9a-z]{26}");
  private static final TableListing ENTRIES =
      new TableListing("no matching entries")
          .time("TIME", "at")
          .column("ACTION", "action")
          .column("SITE", "site")
          .subject("TARGET", "target")
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
    Path path =
        Path.of("audit")
            .with("site", site)
            .with("key", key)
            .with("target", target == null ? null : id(target))
            .with("action", action)
            .with("since", window.since())
            .with("until", window.until());
    ENTRIES.show(server, path, limit.value());
    return ExitCode.DONE;
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
   * Returns each change as {@code field: before → after}; of what was created, only the new values.
   */
  private static String changes(JsonNode entry) {
    boolean isChanged = entry.path("action").asText().endsWith(".changed");
    List<String> texts = new ArrayList<>();
    for (JsonNode change : entry.path("changes")) {
      String field = change.path("field").asText();
      String after = change.hasNonNull("after") ? change.path("after").asText() : NONE;
      String before = change.hasNonNull("before") ? change.path("before").asText() : NONE;
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
