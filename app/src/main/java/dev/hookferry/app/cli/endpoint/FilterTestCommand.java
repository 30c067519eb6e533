package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.JsonOption;
import dev.hookferry.app.cli.option.OptionProblems;
import dev.hookferry.app.cli.option.SiteOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "filter-test",
    description = "Tries an endpoint's filter, or another one, on data or past events.")
public final class FilterTestCommand implements Callable<Integer> {
  private static final TableListing FAILING =
      new TableListing("")
          .column("EVENT", "event")
          .column("PATH", "path")
          .column("CLAUSE", "clause")
          .column("FOUND", "found");

  @Mixin private SiteOptions site = new SiteOptions();

  @Parameters(
      paramLabel = "ENDPOINT",
      description = "The endpoint's id or uid, from endpoints list.")
  private String endpoint = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--filter",
      paramLabel = "JSON",
      description = "The filter to try, or @FILE (default: the endpoint's own).")
  private @Nullable String filter;

  /** The events or data on which the filter is tried. */
  static final class Source {
    @Option(
        names = "--last",
        paramLabel = "N",
        description = "Tries it on the newest N events of the endpoint's types: 1 to 1000.")
    private @Nullable Integer last;

    @Option(names = "--event", paramLabel = "EVENT", description = "Tries it on one event.")
    private @Nullable String event;

    @Option(names = "--data", paramLabel = "JSON", description = "Tries it on data, or @FILE.")
    private @Nullable String data;

    void write(ObjectNode body) {
      if (last != null) {
        body.put("last", last);
      } else if (event != null) {
        body.put("event", event);
      } else if (data != null) {
        body.putRawValue("data", new RawValue(JsonOption.text("--data", data)));
      }
    }
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    OptionProblems problems = new OptionProblems();
    problems.check(() -> source.write(body));
    String given = filter;
    if (given != null) {
      problems.check(
          () -> body.putRawValue("filter", new RawValue(JsonOption.text("--filter", given))));
    }
    problems.throwIfAny();
    JsonNode tried = site.client().post(site.path("endpoints", endpoint, "filter-test"), body);
    if (site.json()) {
      site.print(tried);
      return ExitCode.DONE;
    }
    long matched = tried.path("matched").asLong();
    long others = tried.path("notMatched").asLong();
    site.line(
        matched
            + (matched == 1 ? " event matches, " : " events match, ")
            + others
            + (others == 1 ? " does not" : " do not"));
    for (JsonNode field : tried.path("absentFields")) {
      site.line("no event has " + field.asText() + "; check for typos");
    }
    JsonNode failing = tried.path("failing");
    if (!failing.isEmpty()) {
      site.table(FAILING.table(failing));
    }
    return ExitCode.DONE;
  }
}
