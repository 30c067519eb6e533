package dev.hookferry.app.cli.option;

import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine.Option;

/** Options that select the server and one of its sites. */
public final class SiteOptions extends ServerOptions {
  @Option(
      names = "--site",
      paramLabel = "SITE",
      defaultValue = "${env:HOOKFERRY_SITE:-default}",
      description = "The site (default: HOOKFERRY_SITE, else the site named default).")
  private String site = "default";

  public Path path(String... segments) {
    if (site.isBlank()) {
      throw InvalidException.of("--site", "must not be empty");
    }
    return Path.ofSite(site, segments);
  }
}
