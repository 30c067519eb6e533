package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.endpoint.BodyPreviewCommand;
import dev.hookferry.app.cli.endpoint.EndpointFilters;
import dev.hookferry.app.cli.endpoint.EndpointSecretOutput;
import dev.hookferry.app.cli.endpoint.FilterTestCommand;
import dev.hookferry.app.cli.endpoint.PolicyTable;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.listing.AttemptLines;
import dev.hookferry.app.cli.listing.AttemptOutput;
import dev.hookferry.app.cli.listing.ChangedFields;
import dev.hookferry.app.cli.listing.EndpointListing;
import dev.hookferry.app.cli.listing.FieldLines;
import dev.hookferry.app.cli.listing.RemovedOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.EndpointOptions;
import dev.hookferry.app.cli.option.EndpointRemovals;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.NewSecretOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.option.TargetArgument;
import dev.hookferry.app.client.Path;
import dev.hookferry.endpoint.EndpointSigning;
import dev.hookferry.field.DurationText;
import dev.hookferry.refusal.InvalidException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "endpoints",
    description = "Manages endpoints: URLs that receive events of a site.",
    subcommands = {FilterTestCommand.class, BodyPreviewCommand.class},
    addMethodSubcommands = false)
public final class EndpointsCommand {
  private static final String ID = "The endpoint's id or uid, from endpoints list.";

  @Command(name = "list", description = "Lists endpoints, newest first.")
  int list(@Mixin SiteOptions site, @Mixin LimitOption limit, @Mixin EndpointFilters filters) {
    EndpointListing.show(
        site,
        TableListing.fetch(
            site.client(), site.path("endpoints"), limit.value(), filters.selected()));
    return ExitCode.DONE;
  }

  @Command(name = "show", description = "Shows an endpoint, without the values of its secrets.")
  int show(
      @Mixin SiteOptions site, @Parameters(paramLabel = "ENDPOINT", description = ID) String id) {
    FieldLines.show(site, site.client().get(path(site, id)));
    return ExitCode.DONE;
  }

  @Command(
      name = "policy",
      description = {
        "Shows retries, timeout and limits in force, and the source of each.",
        "The source is the endpoint, its site or the server."
      })
  int policy(
      @Mixin SiteOptions site, @Parameters(paramLabel = "ENDPOINT", description = ID) String id) {
    PolicyTable.show(site, site.client().get(site.path("endpoints", id, "policy")));
    return ExitCode.DONE;
  }

  @Command(
      name = "add",
      description = {
        "Registers an endpoint.",
        "Uses the given secret, such as the one from endpoints try, or generates one and shows it"
            + " once."
      })
  int add(
      @Mixin SiteOptions site,
      @ArgGroup(multiplicity = "1") TargetArgument target,
      @Mixin NewSecretOptions secret,
      @Mixin EndpointOptions options) {
    ObjectNode body = newEndpoint(site, target, secret, options);
    JsonNode created = site.client().post(site.path("endpoints"), body);
    String uid = TableListing.text(created.path("uid"));
    String name = created.path("id").asText() + (uid.isEmpty() ? "" : " (" + uid + ")");
    EndpointSecretOutput.show(site, created, "added " + name, secret.isGiven());
    return ExitCode.DONE;
  }

  @Command(
      name = "try",
      description = "Sends a signed test event to an unregistered URL; fails if the attempt fails.")
  int attempt(
      @Mixin SiteOptions site,
      @ArgGroup(multiplicity = "1") TargetArgument target,
      @Mixin NewSecretOptions secret,
      @Mixin EndpointOptions options) {
    ObjectNode body = newEndpoint(site, target, secret, options);
    JsonNode tried = site.client().post(site.path("endpoints", "try"), body);
    JsonNode attempt = tried.path("attempt");
    if (site.json()) {
      site.print(tried);
    } else {
      AttemptOutput output = new AttemptOutput(site);
      output.line(AttemptLines.alone(attempt));
      output.advice(attempt);
      String secretText = tried.path("secret").asText();
      site.line(
          NewSecretOptions.isPublicKey(secretText)
              ? "signed with the private key of this public key:"
              : "signed with this secret; pass it to endpoints add with --secret-file:");
      site.line(secretText);
    }
    return ExitCode.of(AttemptLines.isSuccess(attempt));
  }

  @Command(name = "change", description = "Changes the given fields and keeps the others.")
  int change(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Option(
              names = {"--to", "--url"},
              paramLabel = "URL",
              description = "The new URL.")
          @Nullable String url,
      @Mixin EndpointOptions options,
      @Mixin EndpointRemovals removals) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (url != null) {
      body.put("url", url);
    }
    options.write(body);
    options.writeSecrets(body, site);
    removals.write(body);
    if (body.isEmpty()) {
      throw InvalidException.of("", "nothing to change; give an option such as --type license_*");
    }
    JsonNode before = site.client().get(path(site, id));
    ChangedFields.show(site, before, site.client().patch(path(site, id), body), body);
    return ExitCode.DONE;
  }

  @Command(
      name = "remove",
      description = "Removes an endpoint and cancels its pending deliveries; its log stays.")
  int remove(
      @Mixin SiteOptions site,
      @Mixin Confirmation confirmation,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id) {
    confirmation.require(
        site,
        () -> {
          String url = site.client().get(path(site, id)).path("url").asText();
          return "Remove " + id + " (" + url + ")? Its pending deliveries will be cancelled.";
        });
    JsonNode reply = site.client().delete(path(site, id));
    site.result(RemovedOutput.of(reply, id), "removed the endpoint " + id);
    return ExitCode.DONE;
  }

  @Command(
      name = "test",
      description = "Sends a test event to an endpoint now; fails if the attempt fails.")
  int test(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Option(
              names = "--type",
              paramLabel = "TYPE",
              description = "Sends the example of this event type instead.")
          @Nullable String type) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (type != null) {
      body.put("type", type);
    }
    JsonNode attempt = site.client().post(site.path("endpoints", id, "test"), body);
    if (site.json()) {
      site.print(attempt);
    } else {
      AttemptOutput output = new AttemptOutput(site);
      output.details(AttemptLines.alone(attempt));
      output.advice(attempt);
    }
    return ExitCode.of(AttemptLines.isSuccess(attempt));
  }

  @Command(
      name = "pause",
      description = "Pauses an endpoint: its deliveries are held, none is lost.")
  int pause(
      @Mixin SiteOptions site, @Parameters(paramLabel = "ENDPOINT", description = ID) String id) {
    var body = JsonNodeFactory.instance.objectNode().put("enabled", false);
    boolean isPaused = !site.client().get(path(site, id)).path("enabled").asBoolean();
    JsonNode changed = site.client().patch(path(site, id), body);
    site.result(
        changed,
        isPaused
            ? id + " is paused already"
            : "paused %s; its deliveries are held until %s"
                .formatted(id, site.suggested("endpoints resume " + id)));
    return ExitCode.DONE;
  }

  @Command(name = "resume", description = "Resumes an endpoint and releases its held deliveries.")
  int resume(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Option(
              names = "--rate",
              paramLabel = "N",
              description =
                  "Held deliveries to release per second, on each node: 1 to 10000 (default: all at"
                      + " once).")
          @Nullable Integer rate) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (rate != null) {
      body.put("perSecond", rate);
    }
    JsonNode before = site.client().get(path(site, id));
    if (rate == null && EndpointListing.isUndisturbed(before)) {
      site.result(before, id + " is not paused: nothing to resume");
      return ExitCode.DONE;
    }
    JsonNode changed = site.client().post(site.path("endpoints", id, "resume"), body);
    String pace = rate == null ? "" : ", at most " + rate + " per second on each node";
    site.result(
        changed,
        before.path("enabled").asBoolean()
            ? id + " was not paused; " + EndpointListing.resumed(before, pace)
            : "resumed " + id + "; its held deliveries are released" + pace);
    return ExitCode.DONE;
  }

  @Command(
      name = "rotate-secret",
      description = "Generates or sets a new secret; for a while the old one signs too.")
  int rotateSecret(
      @Mixin SiteOptions site,
      @Parameters(paramLabel = "ENDPOINT", description = ID) String id,
      @Option(
              names = "--overlap",
              paramLabel = "TIME",
              description =
                  "How long the old secret signs as well, such as 2h (default: 1d, at most 30d).")
          @Nullable Duration overlap,
      @Mixin NewSecretOptions given) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (overlap != null && overlap.compareTo(EndpointSigning.MAX_OVERLAP) > 0) {
      throw InvalidException.of("--overlap", "must be at most 30d");
    }
    if (overlap != null) {
      body.put("overlapSeconds", overlap.toSeconds());
    }
    given.write(body, site);
    JsonNode rotated = site.client().post(site.path("endpoints", id, "rotate-secret"), body);
    Duration both = overlap == null ? EndpointSigning.DEFAULT_OVERLAP : overlap;
    String old = both.isZero() ? "" : " (the old one also signs for " + DurationText.of(both) + ")";
    EndpointSecretOutput.show(site, rotated, "rotated the secret of " + id + old, given.isGiven());
    return ExitCode.DONE;
  }

  private static ObjectNode newEndpoint(
      SiteOptions site, TargetArgument target, NewSecretOptions given, EndpointOptions options) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("url", target.url());
    options.write(body);
    given.write(body, site);
    options.writeSecrets(body, site);
    return body;
  }

  private static Path path(SiteOptions site, String id) {
    return site.path("endpoints", id);
  }
}
