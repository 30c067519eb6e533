package dev.hookferry.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What is typed before everything else. */
@Command(
    name = "hookferry",
    versionProvider = VersionCommand.class,
    description = "Carries events from a product to the webhooks that its users registered.",
    footer = {
      "",
      "Begin with: hookferry demo",
      "Commands that talk to a server take --url and --key, or HOOKFERRY_URL and HOOKFERRY_KEY.",
      "Exit code: 0 done, 1 failed, 2 wrong usage, 3 the server's store has stopped for good."
    },
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      SendCommand.class,
      EndpointsCommand.class,
      SitesCommand.class,
      KeysCommand.class,
      AuditCommand.class,
      SettingsCommand.class,
      PropertiesCommand.class,
      LogCommand.class,
      DeliveriesCommand.class,
      RetryCommand.class,
      CancelCommand.class,
      ReplayCommand.class,
      ReplayEventCommand.class,
      ReplaysCommand.class,
      ListenCommand.class,
      BenchCommand.class,
      VerifyCommand.class,
      SystemCommand.class,
      VersionCommand.class
    })
final class RootCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  @SuppressWarnings("unused") // Picocli itself acts on it.
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Prints the version.")
  @SuppressWarnings("unused") // Picocli itself acts on it.
  private boolean version;
}
