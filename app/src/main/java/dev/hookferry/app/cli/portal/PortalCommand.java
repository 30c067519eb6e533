package dev.hookferry.app.cli.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.Confirmation;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.NamedFile;
import dev.hookferry.app.cli.listing.RemovedOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.site.PortalImage;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "portal",
    description = "Manages the portal in which customers manage their own endpoints.",
    addMethodSubcommands = false)
public final class PortalCommand {
  private static final TableListing SESSIONS =
      new TableListing("no sessions")
          .column("ID", "id")
          .text("SUBJECT", "subject")
          .time("CREATED", "createdAt")
          .time("LAST USED", "lastUsedAt")
          .time("EXPIRES", "expiresAt");

  private static final TableListing IMAGES =
      new TableListing("no images")
          .column("IMAGE", "id")
          .column("TYPE", "contentType")
          .column("BYTES", "bytes")
          .column("WIDTH", "width")
          .column("HEIGHT", "height");

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final String IMAGE = "Where it is shown: logo-light, logo-dark or icon.";

  /** The sessions to end. */
  static final class Ended {
    @Parameters(
        paramLabel = "SESSION_ID",
        arity = "0..1",
        description = "The session's id, from portal sessions.")
    private @Nullable String id;

    @Option(
        names = "--subject",
        paramLabel = "SUBJECT",
        description = "Ends all sessions of this user.")
    private @Nullable String subject;
  }

  @Command(name = "link", description = "Creates a link that opens the portal once.")
  int link(
      @Mixin SiteOptions site,
      @Mixin PortalLinkOptions options,
      @Parameters(paramLabel = "SUBJECT", description = "Your id for the user, such as c-17.")
          String subject) {
    JsonNode created = link(site, options.body(subject));
    site.result(created, created.path("url").asText());
    if (!site.json()) {
      site.note(
          "works once, until "
              + created.path("codeExpiresAt").asText()
              + (site.isGiven("--valid-for") ? "" : "; --valid-for makes that longer"));
    }
    options.warn();
    return ExitCode.DONE;
  }

  private static JsonNode link(SiteOptions site, ObjectNode body) {
    try {
      return site.client().post(site.path("portal-links"), body);
    } catch (ApiException e) {
      if (e.status() == CONFLICT) {
        throw new CommandFailure(
            e.getMessage() + ": " + site.suggested("settings change portal.enabled=true"));
      }
      throw e;
    }
  }

  @Command(name = "sessions", description = "Lists the portal's sessions.")
  int sessions(
      @Mixin SiteOptions site,
      @Mixin LimitOption limit,
      @Option(names = "--subject", paramLabel = "SUBJECT", description = "Only of this user.")
          @Nullable String subject) {
    SESSIONS.show(site, site.path("portal-sessions").with("subject", subject), limit.value());
    return ExitCode.DONE;
  }

  @Command(name = "end", description = "Ends a session, or all of a user's, at once on every node.")
  int end(
      @Mixin SiteOptions site,
      @Mixin Confirmation question,
      @ArgGroup(multiplicity = "1") Ended ended) {
    String id = ended.id;
    String target = id == null ? String.valueOf(ended.subject) : id;
    String what = id == null ? "all sessions of " + target : "the session " + target;
    question.require(site, () -> "End " + what + "?");
    JsonNode reply =
        site.client()
            .delete(
                id == null
                    ? site.path("portal-sessions").with("subject", target)
                    : site.path("portal-sessions", id));
    site.result(RemovedOutput.of(reply, target), "ended " + what);
    return ExitCode.DONE;
  }

  @Command(name = "images", description = "Lists the images of the product in the portal.")
  int images(@Mixin SiteOptions site) {
    IMAGES.showAll(site, site.path("portal-images"));
    return ExitCode.DONE;
  }

  @Command(
      name = "set-image",
      description = {
        "Uploads a logo, or the icon.",
        "A PNG, or an SVG in UTF-8, of at most 64 KiB. Scripts and external references are"
            + " stripped from SVG files."
      })
  int setImage(
      @Mixin SiteOptions site,
      @Parameters(index = "0", paramLabel = "IMAGE", description = IMAGE) String image,
      @Parameters(index = "1", paramLabel = "FILE", description = "The file.") Path file) {
    requireImage(image);
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("image", NamedFile.read("FILE", file));
    JsonNode set = site.client().put(site.path("portal-images", image), body);
    StringJoiner removed = new StringJoiner(", ", "; left out for safety: ", "").setEmptyValue("");
    set.path("removed").forEach(part -> removed.add(part.asText()));
    site.result(set, "set " + image + removed);
    return ExitCode.DONE;
  }

  @Command(name = "remove-image", description = "Removes a logo, or the icon.")
  int removeImage(
      @Mixin SiteOptions site,
      @Mixin Confirmation question,
      @Parameters(paramLabel = "IMAGE", description = IMAGE) String image) {
    requireImage(image);
    question.require(site, () -> "Remove " + image + " from the portal?");
    try {
      JsonNode reply = site.client().delete(site.path("portal-images", image));
      site.result(RemovedOutput.of(reply, image), "removed " + image);
      return ExitCode.DONE;
    } catch (ApiException e) {
      if (e.status() == NOT_FOUND) {
        throw CommandFailure.absent(image + " is not set");
      }
      throw e;
    }
  }

  private static void requireImage(String image) {
    if (PortalImage.Use.fromCode(image).isEmpty()) {
      throw InvalidException.of(
          "IMAGE", "must be logo-light, logo-dark or icon (got " + image + ")");
    }
  }
}
