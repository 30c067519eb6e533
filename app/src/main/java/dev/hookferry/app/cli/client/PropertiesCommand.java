package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.io.PropertiesFile;
import dev.hookferry.app.cli.option.SiteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "properties",
    description = "QLM's server properties, as a .properties file in UTF-8.",
    addMethodSubcommands = false)
public final class PropertiesCommand {
  private static final String VIEW = "server-properties";

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
        "Others stay unchanged; an event with an empty value loses its URLs."
      })
  int change(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "FILE", description = "The file, in UTF-8.") Path file)
      throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    Map<String, String> values = PropertiesFile.read(file);
    values.forEach(body::put);
    JsonNode reply = site.client().put(site.path(VIEW), body);
    site.result(
        reply,
        values.size() == 1 ? "changed 1 property" : "changed " + values.size() + " properties");
    return ExitCode.DONE;
  }
}
