package dev.hookferry.app.cli.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.listing.ChangedFields;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.RemovedOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.PrettyTree;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "event-types",
    description = "Manages the catalogue of a site's event types, with their JSON Schemas.",
    addMethodSubcommands = false)
public final class EventTypesCommand {
  private static final String PATH = "event-types";
  private static final String EXAMPLE = "example";
  private static final String SCHEMA = "schema";
  private static final int NOT_FOUND = 404;
  private static final String TYPE = "The event type, such as order.paid.";
  private static final TableListing TYPES =
      new TableListing("no event types")
          .column("TYPE", "type")
          .column("POLICY", "policy")
          .column("VERSION", "version")
          .column("DEPRECATED", type -> type.path("deprecated").asBoolean() ? "yes" : "")
          .text("DESCRIPTION", "description");

  private static final Set<String> FORMATS = Set.of("openapi", "asyncapi");

  @Command(name = "list", description = "Lists the event types.")
  int list(@Mixin SiteOptions site, @Mixin LimitOption limit) {
    TYPES.show(site, site.path(PATH), limit.value());
    return ExitCode.DONE;
  }

  @Command(
      name = "show",
      description = "Shows an event type with its example and schema, or a version of its schema.")
  int show(
      @Mixin SiteOptions site,
      @Parameters(index = "0", paramLabel = "TYPE", description = TYPE) String type,
      @Option(
              names = "--schema-version",
              paramLabel = "N",
              description = "Shows only this version of the schema.")
          @Nullable Integer version) {
    Path path =
        version == null
            ? site.path(PATH, type)
            : site.path(PATH, type, "versions", version.toString());
    JsonNode found = site.client().get(path);
    if (site.json()) {
      site.print(found);
      return ExitCode.DONE;
    }
    ObjectNode fields = found.deepCopy();
    JsonNode example = fields.remove(EXAMPLE);
    JsonNode schema = fields.remove(SCHEMA);
    FieldLines.show(site, fields);
    if (example != null) {
      FieldLines.json(site, "Example", example);
    }
    if (schema != null) {
      FieldLines.json(site, "Schema", schema);
    }
    return ExitCode.DONE;
  }

  @Command(name = "add", description = "Declares an event type; fails if the type already exists.")
  int add(
      @Mixin SiteOptions site,
      @Parameters(index = "0", paramLabel = "TYPE", description = TYPE) String type,
      @Mixin EventTypeOptions fields) {
    ObjectNode body = fields.body();
    if (find(site, type).isPresent()) {
      throw new CommandFailure(
          type + " already exists; change it with " + site.suggested("event-types change " + type));
    }
    done(site, "added the event type " + type, site.client().put(site.path(PATH, type), body));
    return ExitCode.DONE;
  }

  @Command(
      name = "put",
      description = {
        "Saves the description, example, schema and policy of an event type, replacing the old"
            + " ones.",
        "Declares the type if the site does not have it. Asks before it drops a schema."
      })
  int put(
      @Mixin SiteOptions site,
      @Mixin Confirmation confirmation,
      @Parameters(index = "0", paramLabel = "TYPE", description = TYPE) String type,
      @Mixin EventTypeOptions fields) {
    ObjectNode body = fields.body();
    Optional<JsonNode> old = find(site, type);
    if (!body.has(SCHEMA) && old.filter(before -> before.has(SCHEMA)).isPresent()) {
      confirmation.require(
          site,
          () ->
              "Replace "
                  + type
                  + " by one without a schema? event-types change keeps what is not given.");
    }
    String verb = old.isPresent() ? "updated" : "added";
    done(site, verb + " the event type " + type, site.client().put(site.path(PATH, type), body));
    return ExitCode.DONE;
  }

  @Command(name = "change", description = "Changes the given fields and keeps the others.")
  int change(
      @Mixin SiteOptions site,
      @Mixin Confirmation confirmation,
      @Parameters(index = "0", paramLabel = "TYPE", description = TYPE) String type,
      @Mixin EventTypeOptions fields,
      @Mixin EventTypeRemovals removals) {
    ObjectNode given = fields.given();
    removals.write(given);
    if (given.isEmpty()) {
      throw InvalidException.of("", "nothing to change; give an option such as --description");
    }
    JsonNode before = site.client().get(site.path(PATH, type));
    if (removals.ofSchema()) {
      confirmation.require(site, () -> "Remove the schema of " + type + "?");
    }
    ObjectNode body = before.deepCopy();
    body.setAll(given);
    List.of(EXAMPLE, SCHEMA).stream()
        .filter(name -> body.path(name).isNull())
        .forEach(body::remove);
    JsonNode after = site.client().put(site.path(PATH, type), body);
    boolean isSame = before.path(SCHEMA).equals(after.path(SCHEMA));
    ChangedFields.show(site, brief(before, ""), brief(after, isSame ? "" : ", changed"), given);
    return ExitCode.DONE;
  }

  /** Returns an event type with its schema's version in place of the schema itself. */
  private static ObjectNode brief(JsonNode type, String note) {
    ObjectNode brief = type.deepCopy();
    if (brief.has(SCHEMA)) {
      brief.put(SCHEMA, "version " + brief.path("version").asText() + note);
    }
    if (brief.has(EXAMPLE)) {
      brief.put(EXAMPLE, brief.path(EXAMPLE).toString());
    }
    return brief;
  }

  private static Optional<JsonNode> find(SiteOptions site, String type) {
    try {
      return Optional.of(site.client().get(site.path(PATH, type)));
    } catch (ApiException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Command(
      name = "add-version",
      description =
          "Adds the next version of a schema, which may be incompatible with the current one.")
  int addVersion(
      @Mixin SiteOptions site,
      @Parameters(index = "0", paramLabel = "TYPE", description = TYPE) String type,
      @Parameters(
              index = "1",
              paramLabel = "N",
              description = "The number of the current version plus one.")
          int version,
      @Option(
              names = "--schema",
              required = true,
              paramLabel = "JSON",
              description = "The JSON Schema of the data, or @FILE.")
          String schema,
      @Option(
              names = "--example",
              paramLabel = "JSON",
              description = "An example that matches it, or @FILE (default: the current one).")
          @Nullable String example) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    EventTypeOptions.json(body, SCHEMA, schema);
    EventTypeOptions.json(body, EXAMPLE, example);
    Path path = site.path(PATH, type, "versions", Integer.toString(version));
    done(site, "added a version of the schema of " + type, site.client().put(path, body));
    return ExitCode.DONE;
  }

  @Command(
      name = "remove",
      description = "Removes an event type; one of QLM's loses only its description and schema.")
  int remove(
      @Mixin SiteOptions site,
      @Mixin Confirmation confirmation,
      @Parameters(index = "0", paramLabel = "TYPE", description = TYPE) String type) {
    confirmation.require(site, () -> "Remove the event type " + type + " with its schema?");
    JsonNode reply = site.client().delete(site.path(PATH, type));
    site.result(RemovedOutput.of(reply, type), "removed the event type " + type);
    return ExitCode.DONE;
  }

  @Command(
      name = "export",
      description = "Prints the catalogue as an OpenAPI 3.1 or AsyncAPI 3 document.")
  int export(
      @Mixin SiteOptions site,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              description = "openapi or asyncapi (default: openapi).")
          @Nullable String format,
      @Option(names = "--to", paramLabel = "FILE", description = "Writes the document to a file.")
          java.nio.file.@Nullable Path file) {
    String name = (format == null ? "openapi" : format) + ".json";
    if (format != null && !FORMATS.contains(format)) {
      String hint = Nearest.hint(format, FORMATS);
      throw InvalidException.of(
          "--format", "must be openapi or asyncapi (got " + format + ")" + hint);
    }
    JsonNode document = site.client().get(site.path("catalog", name));
    if (file == null) {
      site.print(document);
    } else {
      NamedFile.write(file, PrettyTree.of(document) + "\n");
      site.line("written to " + file);
    }
    return ExitCode.DONE;
  }

  private static void done(SiteOptions site, String what, JsonNode type) {
    String version = type.path("version").asText();
    site.result(
        type,
        what
            + ": policy "
            + type.path("policy").asText()
            + (version.isEmpty() ? ", no schema" : ", version " + version + " of the schema"));
  }
}
