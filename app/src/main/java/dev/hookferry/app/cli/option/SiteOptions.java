package dev.hookferry.app.cli.option;

import dev.hookferry.app.client.Path;
import dev.hookferry.refusal.InvalidException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Options that select the server and one of its sites. */
public final class SiteOptions extends ServerOptions {
  /** The description of an option that selects by endpoint. */
  public static final String ONLY_ENDPOINT = "Only to this endpoint: its id or uid.";

  /** The option that selects the site. */
  public static final String SITE = "--site";

  @Option(
      names = SITE,
      paramLabel = "SITE",
      defaultValue = "${env:HOOKFERRY_SITE:-default}",
      description = "The site (default: HOOKFERRY_SITE, else the site named default).")
  private String site = "default";

  /**
   * Returns {@code --site} with its value, preceded by a space, to append to a suggested command;
   * empty if the option was not given.
   */
  public static String flag(CommandLine command) {
    OptionSpec option = command.getCommandSpec().findOption(SITE);
    boolean isGiven = option != null && command.getParseResult().hasMatchedOption(option);
    return isGiven ? " " + SITE + " " + option.<Object>getValue() : "";
  }

  /** Returns a command to suggest in a message, for the same site. */
  public String suggested(String words) {
    return "hookferry " + words + (isGiven(SITE) ? " " + SITE + " " + site : "");
  }

  /** Returns the id or uid of the site. */
  public String site() {
    return site;
  }

  public Path path(String... segments) {
    if (site.isBlank()) {
      throw InvalidException.of("--site", "must not be empty");
    }
    return Path.ofSite(site, segments);
  }
}
