package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.app.cli.listing.ChangedFields;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.SecretOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.Table;
import dev.hookferry.app.text.TableColumn;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.SettingsByName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "settings",
    description = "Shows and changes the settings of a site.",
    addMethodSubcommands = false)
public final class SettingsCommand {
  /** The settings that are lists. */
  private static final Set<String> LISTS = Set.of("eventTypes", "retrySchedule", "searchFields");

  /** The only setting that is an object, given as JSON. */
  private static final String OBJECT = "portal";

  private static final String SECRET = "webHookSecretKey";

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Command(
      name = "list",
      description = "Lists the settings with their defaults and meanings; secrets are masked.")
  int list(
      @Mixin SiteOptions site,
      @Parameters(
              paramLabel = "NAME",
              arity = "0..*",
              description = "Only these settings, such as webHookMaxRetries or portal.enabled.")
          @Nullable List<String> names) {
    JsonNode settings = site.client().get(site.path("settings"));
    show(site, names == null ? settings : only(settings, names, site));
    return ExitCode.DONE;
  }

  /** Returns the named settings, and parts of an object, in the given order. */
  private static ObjectNode only(JsonNode settings, List<String> names, SiteOptions site) {
    ObjectNode only = JsonNodeFactory.instance.objectNode();
    Problems problems = new Problems();
    for (String name : names) {
      JsonNode value = settings.at("/" + name.replace('.', '/'));
      String hint = Nearest.hint(name, SettingsByName.ALL);
      problems.require(
          !value.isMissingNode(),
          name,
          "is not a known setting"
              + (hint.isEmpty() ? "; " + site.suggested("settings list") + " shows all" : hint));
      only.set(name, value);
    }
    problems.throwIfAny();
    return only;
  }

  @Command(
      name = "change",
      description = {
        "Changes the named settings, all or none.",
        "--secret-file and --secret-env set webHookSecretKey."
      })
  int change(
      @Mixin SiteOptions site,
      @Mixin SecretOptions secrets,
      @Parameters(
              paramLabel = "NAME=VALUE",
              arity = "0..*",
              completionCandidates = SettingNames.class,
              description =
                  "A setting, such as webHookMaxRetries=3 or portal.enabled=true; eventTypes=a,b,"
                      + " retrySchedule=5s,5m and searchFields=a,b are lists, portal is JSON."
                      + " settings list shows all names.")
          @Nullable List<String> changes) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    String secret = secrets.one(site);
    if (secret != null) {
      body.put(SECRET, secret);
    }
    for (String change : changes == null ? List.<String>of() : changes) {
      int equals = change.indexOf('=');
      if (equals < 1) {
        throw InvalidException.of(
            "NAME=VALUE", "must be like webHookMaxRetries=3 (got " + change + ")");
      }
      String name = change.substring(0, equals);
      if (body.has(name)) {
        throw InvalidException.of(name, "must be given only once");
      }
      String value = change.substring(equals + 1);
      if (name.equals(SECRET) && !value.isEmpty()) {
        SecretInput.warnOfArgument(site, SECRET + "=…");
      }
      if (name.startsWith(OBJECT + ".")) {
        put(body, name, value);
      } else {
        body.set(name, value(name, value));
      }
    }
    if (body.isEmpty()) {
      throw InvalidException.of(
          "", "nothing to change; name a setting such as webHookMaxRetries=3");
    }
    JsonNode before = site.client().get(site.path("settings"));
    ChangedFields.showNames(site, before, site.client().patch(site.path("settings"), body), body);
    return ExitCode.DONE;
  }

  /** Sets a part of the object, such as {@code portal.theme.accent}. */
  private static void put(ObjectNode body, String name, String value) {
    ObjectNode at = body;
    String[] path = name.split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      JsonNode inner = at.path(path[i]);
      at = inner.isObject() ? (ObjectNode) inner : at.putObject(path[i]);
    }
    String last = path[path.length - 1];
    if (at.has(last)) {
      throw InvalidException.of(name, "must be given only once");
    }
    at.set(last, scalar(value));
  }

  /** Parses text as JSON; returns anything else as a string. */
  private static JsonNode scalar(String text) {
    try {
      return MAPPER.readTree(text.isEmpty() ? "\"\"" : text);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private static JsonNode object(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw InvalidException.of(OBJECT, "must be JSON, such as {\"enabled\":true}");
    }
  }

  private static JsonNode value(String name, String text) {
    if (name.equals(OBJECT)) {
      return object(text);
    }
    if (!LISTS.contains(name)) {
      return JsonNodeFactory.instance.textNode(text);
    }
    JsonNode json = text.startsWith("[") ? scalar(text) : MissingNode.getInstance();
    if (json.isArray()) {
      return json;
    }
    var list = JsonNodeFactory.instance.arrayNode();
    Stream.of(text.split(",", -1)).map(String::strip).filter(t -> !t.isEmpty()).forEach(list::add);
    return list;
  }

  private static void show(SiteOptions site, JsonNode settings) {
    if (site.json()) {
      site.print(settings);
      return;
    }
    Table table =
        Table.of(
            List.of(
                TableColumn.plain("NAME"),
                TableColumn.plain("VALUE"),
                TableColumn.plain("DEFAULT"),
                new TableColumn("MEANING", TableColumn.Kind.TEXT)));
    for (Map.Entry<String, JsonNode> entry : settings.properties()) {
      String name = entry.getKey();
      Optional<FieldSpec<?>> field = SettingNames.field(name);
      table.row(
          name,
          text(entry.getValue()) + unit(name),
          field.map(FieldSpec::fallback).map(SettingsCommand::usual).orElse("") + unit(name),
          field.map(FieldSpec::help).orElse(""));
    }
    site.table(table);
  }

  /** Returns a default in the syntax in which the setting is given. */
  private static String usual(String fallback) {
    return fallback.equals("[]") ? "" : fallback.replaceAll("(\\w+)=", "\"$1\":");
  }

  private static String unit(String name) {
    return name.equals("webHookRetryInterval") ? " s" : "";
  }

  /** Returns a value as text; an object as JSON, the syntax in which it is given. */
  private static String text(JsonNode value) {
    return value.isObject() && !value.isEmpty() ? value.toString() : TableListing.text(value);
  }
}
