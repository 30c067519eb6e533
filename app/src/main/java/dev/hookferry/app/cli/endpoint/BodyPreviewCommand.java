package dev.hookferry.app.cli.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.BodyOption;
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
    name = "body-preview",
    description = "Shows the body that an endpoint would get for an event or data; sends nothing.")
public final class BodyPreviewCommand implements Callable<Integer> {
  @Mixin private SiteOptions site = new SiteOptions();

  @Parameters(
      paramLabel = "ENDPOINT",
      description = "The endpoint's id or uid, from endpoints list.")
  private String endpoint = "";

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "The event type of --data (default: one that the endpoint receives).")
  private @Nullable String type;

  @Option(
      names = "--body",
      paramLabel = "BODY",
      description = "Another body than the endpoint's own, as for endpoints change.")
  private @Nullable String body;

  /** Source of the body: an event or given data. */
  static final class Source {
    @Option(names = "--event", paramLabel = "EVENT", description = "Renders the body for an event.")
    private @Nullable String event;

    @Option(
        names = "--data",
        paramLabel = "JSON",
        description = "Renders the body for data, or @FILE.")
    private @Nullable String data;

    void write(ObjectNode request) {
      if (event != null) {
        request.put("event", event);
      } else if (data != null) {
        request.putRawValue("data", new RawValue(JsonOption.text("--data", data)));
      }
    }

    /** Adds empty data if a problem left the request without, so that the rest can be checked. */
    private ObjectNode orAny(ObjectNode request) {
      if (event == null && !request.has("data")) {
        request.putObject("data");
      }
      return request;
    }
  }

  private JsonNode made(ObjectNode request) {
    return site.client().post(site.path("endpoints", endpoint, "body-preview"), request);
  }

  @Override
  public Integer call() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    OptionProblems problems = new OptionProblems();
    problems.check(() -> source.write(request));
    problems.check(() -> BodyOption.write(body, request));
    if (type != null) {
      request.put("type", type);
    }
    problems.throwIfAny(() -> made(source.orAny(request.deepCopy())));
    JsonNode preview = made(request);
    if (site.json()) {
      site.print(preview);
      return ExitCode.DONE;
    }
    site.line("Content-Type: " + preview.path("contentType").asText());
    preview
        .path("headers")
        .properties()
        .forEach(header -> site.line(header.getKey() + ": " + header.getValue().asText()));
    site.line("");
    JsonNode text = preview.path("body");
    site.line(text.isTextual() ? text.asText() : preview.path("bodyBase64").asText());
    return ExitCode.DONE;
  }
}
