package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.Sites;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.ChangedFields;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.RemovedOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteProfileOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "sites",
    description = "Manages sites: tenants, each with its own endpoints, events and log.",
    addMethodSubcommands = false)
public final class SitesCommand {
  private static final String ID = "The site's id.";

  private static final TableListing SITES =
      new TableListing("no sites")
          .column("ID", "id")
          .text("NAME", "name")
          .column("UID", "uid")
          .time("CREATED", "createdAt")
          .text("METADATA", "metadata");

  @Command(name = "list", description = "Lists sites.")
  int list(@Mixin ServerOptions server, @Mixin LimitOption limit) {
    SITES.show(server, Path.of("sites"), limit.value());
    return ExitCode.DONE;
  }

  @Command(name = "show", description = "Shows a site.")
  int show(
      @Mixin ServerOptions server, @Parameters(paramLabel = "SITE", description = ID) String site) {
    FieldLines.show(server, server.client().get(Path.of("sites", site)));
    return ExitCode.DONE;
  }

  @Command(name = "add", description = "Adds a site.")
  int add(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "SITE", description = ID) String site,
      @Mixin SiteProfileOptions profile) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("id", site);
    profile.addTo(body);
    server.result(server.client().post(Path.of("sites"), body), "added the site " + site);
    return ExitCode.DONE;
  }

  @Command(name = "change", description = "Changes the name, uid or metadata of a site.")
  int change(
      @Mixin ServerOptions server,
      @Mixin SiteProfileOptions profile,
      @Parameters(paramLabel = "SITE", description = ID) String site) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    profile.addTo(body);
    if (body.isEmpty()) {
      throw InvalidException.of("", "nothing to change; give an option such as --name Acme");
    }
    JsonNode before = server.client().get(Path.of("sites", site));
    JsonNode after = server.client().patch(Path.of("sites", site), body);
    ChangedFields.show(server, before, after, body);
    return ExitCode.DONE;
  }

  @Command(
      name = "remove",
      description = "Removes a site with its endpoints, keys and settings; its log stays.")
  int remove(
      @Mixin ServerOptions server,
      @Mixin Confirmation confirmation,
      @Parameters(paramLabel = "SITE", description = ID) String site) {
    if (site.equals(SiteId.DEFAULT.value())) {
      throw new CommandFailure(Sites.DEFAULT_REFUSAL);
    }
    confirmation.require(
        server, () -> "Remove the site " + site + " with its endpoints, keys and settings?");
    var reply = server.client().delete(Path.of("sites", site));
    server.result(RemovedOutput.of(reply, site), "removed the site " + site);
    return ExitCode.DONE;
  }
}
