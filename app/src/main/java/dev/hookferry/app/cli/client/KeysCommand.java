package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.access.Scope;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.RemovedOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.Candidates;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "keys", description = "Manages API keys.", addMethodSubcommands = false)
public final class KeysCommand {
  private static final int MAX = 100_000;
  private static final TableListing KEYS =
      new TableListing("no keys")
          .column("ID", "id")
          .text("NAME", "name")
          .text("SCOPES", "scopes")
          .column("SITE", node -> node.hasNonNull("site") ? node.path("site").asText() : "all")
          .time("CREATED", "createdAt");

  @Command(name = "list", description = "Lists API keys; the key texts themselves are not stored.")
  int list(@Mixin ServerOptions server, @Mixin LimitOption limit) {
    KEYS.show(server, Path.of("keys"), limit.value());
    return ExitCode.DONE;
  }

  @Command(
      name = "whoami",
      description = "Shows the key that the command uses: its name, scopes and site.")
  int whoami(@Mixin ServerOptions server) {
    JsonNode key = server.client().get(Path.of("keys", "self"));
    if (!server.json() && key instanceof ObjectNode fields && !key.hasNonNull("site")) {
      fields.put("site", "all");
    }
    FieldLines.show(server, key);
    return ExitCode.DONE;
  }

  @Command(name = "add", description = "Creates an API key and shows it once.")
  int add(
      @Mixin ServerOptions server,
      @Parameters(
              paramLabel = "NAME",
              description = "A name for the key, such as the team that uses it.")
          String name,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              required = true,
              split = ",",
              completionCandidates = Candidates.Scopes.class,
              description = "publish, read, manage or admin; comma-separated or repeated.")
          List<String> scopes,
      @Mixin Binding binding) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    scopes.forEach(body.putArray("scopes")::add);
    String site = binding.site(server, scopes);
    if (site != null) {
      body.put("site", site);
    }
    JsonNode created = server.client().post(Path.of("keys"), body);
    if (server.json()) {
      server.print(created);
    } else {
      server.line(
          "added %s (%s, %s); the key is shown only once:"
              .formatted(
                  created.path("id").asText(),
                  TableListing.text(created.path("scopes")).replace(",", ", "),
                  reach(created)));
      server.line(created.path("key").asText());
    }
    return ExitCode.DONE;
  }

  private static String reach(JsonNode key) {
    return key.hasNonNull("site") ? "site " + key.path("site").asText() : "all sites";
  }

  @Command(name = "revoke", description = "Revokes an API key, effective immediately.")
  int revoke(
      @Mixin ServerOptions server,
      @Mixin Confirmation question,
      @Parameters(
              paramLabel = "KEY_ID",
              description = "The key's id, from keys list; or its name, if no other key has it.")
          String idOrName) {
    question.requirePossible(server);
    JsonNode keys = TableListing.fetch(server.client(), Path.of("keys"), MAX).path("data");
    JsonNode key = key(keys, idOrName);
    String id = key.path("id").asText();
    question.require(
        server,
        () ->
            "Revoke %s \"%s\" (%s, %s)? Requests with it will be refused at once."
                .formatted(
                    id,
                    key.path("name").asText(),
                    TableListing.text(key.path("scopes")).replace(",", ", "),
                    reach(key)));
    JsonNode reply = server.client().delete(Path.of("keys", id));
    server.result(RemovedOutput.of(reply, id), "revoked the key " + id);
    return ExitCode.DONE;
  }

  /**
   * Returns the key with this id or, if there is none, with this name.
   *
   * @throws CommandFailure if there is none
   * @throws InvalidException if several keys have the name
   */
  private static JsonNode key(JsonNode keys, String idOrName) {
    List<JsonNode> named = new ArrayList<>();
    for (JsonNode key : keys) {
      if (key.path("id").asText().equals(idOrName)) {
        return key;
      }
      if (key.path("name").asText().equals(idOrName)) {
        named.add(key);
      }
    }
    if (named.isEmpty()) {
      throw CommandFailure.absent(
          "there is no key " + idOrName + "; hookferry keys list shows all");
    }
    if (named.size() > 1) {
      throw InvalidException.of(
          "KEY_ID",
          "must be an id, since several keys are named %s: %s"
              .formatted(
                  idOrName,
                  named.stream()
                      .map(key -> key.path("id").asText())
                      .collect(Collectors.joining(", "))));
    }
    return named.get(0);
  }

  /** Options for the sites that a new key may access. */
  static final class Binding {
    @Option(
        names = SiteOptions.SITE,
        paramLabel = "SITE",
        defaultValue = "${env:HOOKFERRY_SITE:-}",
        description = "The only site the key may access (default: HOOKFERRY_SITE, else all).")
    private String site = "";

    @Option(
        names = "--all-sites",
        description = "Lets the key access all sites, regardless of HOOKFERRY_SITE.")
    private boolean allSites;

    /**
     * Returns the only site that the key may access, or null for all. A key with the scope admin
     * always covers all sites, so {@code HOOKFERRY_SITE} does not apply to it.
     */
    private @Nullable String site(OutputOptions output, List<String> scopes) {
      boolean isGiven = output.isGiven(SiteOptions.SITE);
      if (isGiven && allSites) {
        throw InvalidException.of("--all-sites", "must not be given with --site");
      }
      boolean isForAll = allSites || (!isGiven && scopes.contains(Scope.ADMIN.code()));
      return isForAll || (!isGiven && site.isBlank()) ? null : site;
    }
  }
}
