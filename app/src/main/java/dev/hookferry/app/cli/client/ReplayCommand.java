package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.option.WindowOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description = {
      "Sends a window of deliveries again, with the same webhook-id.",
      "Counts them first; only --yes sends."
    })
public final class ReplayCommand implements Callable<Integer> {
  /** As long as the server goes on with one; a large window takes its time. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  @Mixin private SiteOptions site = new SiteOptions();
  @Mixin private WindowOptions window = new WindowOptions();

  @Option(names = "--endpoint", paramLabel = "ID", description = "To this endpoint only.")
  private @Nullable String endpoint;

  @Option(names = "--type", paramLabel = "TYPE", description = "Of this event type only.")
  private @Nullable String type;

  @Option(
      names = "--status",
      paramLabel = "WORD",
      description = "Those that are delivered, exhausted, cancelled or poisoned only.")
  private @Nullable String status;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "So many a second, as a replay that goes on by itself; see replays list.")
  private @Nullable Integer rate;

  @Option(names = "--yes", description = "Sends them; without it they are only counted.")
  private boolean yes;

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    put(body, "since", window.since());
    put(body, "until", window.until());
    put(body, "endpoint", endpoint);
    put(body, "type", type);
    put(body, "status", status);
    body.put("dryRun", !yes);
    if (rate != null && yes) {
      return begin(body.put("rate", rate));
    }
    JsonNode answer = site.client().waiting(LONGEST).post(site.path("replays"), body);
    long count = answer.path("count").asLong();
    String deliveries = count == 1 ? "1 delivery" : count + " deliveries";
    site.result(
        answer,
        yes
            ? deliveries + " sent again: due now"
            : deliveries + " would be sent again; repeat it with --yes to send");
    return ExitCode.DONE;
  }

  private int begin(ObjectNode body) {
    JsonNode job = site.client().post(site.path("replay-jobs"), body);
    String id = job.path("id").asText();
    site.result(job, "began " + id + ", which goes on by itself: hookferry replays list");
    return ExitCode.DONE;
  }

  private static void put(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
