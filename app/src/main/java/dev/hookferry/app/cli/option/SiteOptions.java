package dev.hookferry.app.cli.option;

import dev.hookferry.app.client.Path;
import picocli.CommandLine.Option;

/** Which server and which of its sites a command is about. */
public final class SiteOptions extends ServerOptions {
  @Option(
      names = "--site",
      paramLabel = "SITE",
      defaultValue = "${env:HOOKFERRY_SITE:-default}",
      description = "The site; else HOOKFERRY_SITE, else default.")
  private String site = "default";

  public Path path(String... segments) {
    return Path.ofSite(site, segments);
  }
}
