package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.io.PropertiesFile;
import dev.hookferry.app.cli.option.SiteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "properties",
    description = "Shows and changes QLM's server properties, as a .properties file in UTF-8.",
    addMethodSubcommands = false)
public final class PropertiesCommand {
  private static final String VIEW = "server-properties";
  private static final String SECRET = "webHookSecretKey";
  private static final int MAX_NAMED = 3;

  @Command(name = "show", description = "Prints the properties or writes them to a file.")
  int show(
      @Mixin SiteOptions site,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "The file to write (default: standard output).")
          @Nullable Path file) {
    JsonNode reply = site.client().get(site.path(VIEW));
    Map<String, String> values = new LinkedHashMap<>();
    reply.properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    if (file != null) {
      NamedFile.write(file, PropertiesFile.write(values));
      site.result(reply, "wrote " + values.size() + " properties to " + file);
    } else if (site.json()) {
      site.print(reply);
    } else {
      site.out().print(PropertiesFile.write(values));
      site.out().flush();
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "change",
      description = {
        "Changes the properties named in the file, all or none.",
        "Others stay unchanged; an event with an empty value loses its URLs. Asks before it removes"
            + " an endpoint that loses its last event, and before it replaces a pattern such as *"
            + " with a fixed list of event types."
      })
  int change(
      @Mixin SiteOptions site,
      @Mixin Confirmation confirmation,
      @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.") Path file)
      throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    Map<String, String> values = PropertiesFile.read(file);
    // The format preserves trailing white space, which users do not see.
    values.forEach((name, value) -> body.put(name, name.equals(SECRET) ? value : value.strip()));
    JsonNode preview = site.client().post(site.path(VIEW, "preview"), body);
    JsonNode removed = preview.path("removed");
    JsonNode narrowed = preview.path("narrowed");
    if (!removed.isEmpty() || !narrowed.isEmpty()) {
      confirmation.require(site, () -> question(removed, narrowed));
    }
    JsonNode reply = site.client().put(site.path(VIEW), body);
    String changed =
        values.size() == 1 ? "changed 1 property" : "changed " + values.size() + " properties";
    site.result(
        reply, removed.isEmpty() ? changed : changed + "; removed " + endpoints(removed.size()));
    return ExitCode.DONE;
  }

  private static String question(JsonNode removed, JsonNode narrowed) {
    StringBuilder question = new StringBuilder();
    if (!removed.isEmpty()) {
      question.append(
          "This removes %s and cancels %s pending deliveries. "
              .formatted(named(removed), removed.size() == 1 ? "its" : "their"));
    }
    if (!narrowed.isEmpty()) {
      question.append(
          ("This replaces the pattern of %s with a fixed list: event types that are added later are"
                  + " not sent to %s. ")
              .formatted(named(narrowed), narrowed.size() == 1 ? "it" : "them"));
    }
    return question.append("Continue?").toString();
  }

  private static String named(JsonNode some) {
    StringJoiner urls = new StringJoiner(", ");
    for (int i = 0; i < Math.min(some.size(), MAX_NAMED); i++) {
      urls.add(some.path(i).path("url").asText());
    }
    int others = some.size() - MAX_NAMED;
    return endpoints(some.size())
        + " ("
        + urls
        + (others > 0 ? " and " + others + " more" : "")
        + ")";
  }

  private static String endpoints(int count) {
    return count == 1 ? "1 endpoint" : count + " endpoints";
  }
}
