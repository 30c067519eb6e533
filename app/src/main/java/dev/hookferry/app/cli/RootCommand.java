package dev.hookferry.app.cli;

import dev.hookferry.app.cli.catalog.EventTypesCommand;
import dev.hookferry.app.cli.client.AuditCommand;
import dev.hookferry.app.cli.client.BackupCommand;
import dev.hookferry.app.cli.client.EndpointsCommand;
import dev.hookferry.app.cli.client.EventsCommand;
import dev.hookferry.app.cli.client.KeysCommand;
import dev.hookferry.app.cli.client.LogCommand;
import dev.hookferry.app.cli.client.MasterKeysCommand;
import dev.hookferry.app.cli.client.OutboxesCommand;
import dev.hookferry.app.cli.client.PropertiesCommand;
import dev.hookferry.app.cli.client.ReplaysCommand;
import dev.hookferry.app.cli.client.SendCommand;
import dev.hookferry.app.cli.client.SettingsCommand;
import dev.hookferry.app.cli.client.SigningKeysCommand;
import dev.hookferry.app.cli.client.SitesCommand;
import dev.hookferry.app.cli.client.StoreCommand;
import dev.hookferry.app.cli.client.SystemCommand;
import dev.hookferry.app.cli.client.VerifyCommand;
import dev.hookferry.app.cli.delivery.DeliveriesCommand;
import dev.hookferry.app.cli.endpoint.BlockedKeysCommand;
import dev.hookferry.app.cli.endpoint.ProblemsCommand;
import dev.hookferry.app.cli.io.Terminal;
import dev.hookferry.app.cli.io.TerminalProvider;
import dev.hookferry.app.cli.migration.ImportCommand;
import dev.hookferry.app.cli.portal.PortalCommand;
import dev.hookferry.app.cli.server.AlertsCommand;
import dev.hookferry.app.cli.server.BenchCommand;
import dev.hookferry.app.cli.server.CopyCommand;
import dev.hookferry.app.cli.server.DemoCommand;
import dev.hookferry.app.cli.server.DoctorCommand;
import dev.hookferry.app.cli.server.GradeCommand;
import dev.hookferry.app.cli.server.ListenCommand;
import dev.hookferry.app.cli.server.RestoreCommand;
import dev.hookferry.app.cli.server.ServeCommand;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code hookferry} command, which holds all others. */
@Command(
    name = "hookferry",
    versionProvider = VersionCommand.class,
    description = "Delivers your product's events to your customers' webhooks.",
    footer = {
      "",
      "Start with: hookferry demo",
      "Commands that talk to a server take --server and --key, or HOOKFERRY_URL and HOOKFERRY_KEY.",
      "Exit code: 0 success, 1 failure, 2 usage error, 3 store failure that needs a restart,",
      "4 does not exist, 5 API key invalid or not permitted, 6 no response from the server."
    })
public final class RootCommand implements TerminalProvider {
  private static final String SHORT_VERSION = "-V";
  private static final String LONG_VERSION = "--version";

  /** All commands under their headings, in the order of the help. */
  static final List<CommandGroup> GROUPS =
      List.of(
          new CommandGroup(
              "Server",
              DemoCommand.class,
              ServeCommand.class,
              DoctorCommand.class,
              AlertsCommand.class,
              SystemCommand.class),
          new CommandGroup(
              "Events and deliveries",
              SendCommand.class,
              EventsCommand.class,
              DeliveriesCommand.class,
              ReplaysCommand.class,
              LogCommand.class,
              ProblemsCommand.class,
              BlockedKeysCommand.class),
          new CommandGroup(
              "Configuration",
              EndpointsCommand.class,
              EventTypesCommand.class,
              SitesCommand.class,
              SettingsCommand.class,
              PropertiesCommand.class,
              KeysCommand.class,
              PortalCommand.class,
              SigningKeysCommand.class,
              MasterKeysCommand.class,
              AuditCommand.class),
          new CommandGroup(
              "Receivers", ListenCommand.class, VerifyCommand.class, GradeCommand.class),
          new CommandGroup(
              "Stores and data",
              BackupCommand.class,
              RestoreCommand.class,
              CopyCommand.class,
              ImportCommand.class,
              OutboxesCommand.class,
              StoreCommand.class,
              BenchCommand.class),
          new CommandGroup(
              "This program", VersionCommand.class, CompletionCommand.class, HelpCommand.class));

  /** All commands, in the order of the help. */
  static final List<Class<?>> COMMANDS =
      GROUPS.stream().<Class<?>>flatMap(group -> group.commands().stream()).toList();

  /** The names of the option that prints the version. */
  static final Set<String> VERSION = Set.of(SHORT_VERSION, LONG_VERSION);

  private final Terminal terminal;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  @SuppressWarnings("unused") // Picocli itself acts on it.
  private boolean help;

  @Option(
      names = {SHORT_VERSION, LONG_VERSION},
      versionHelp = true,
      description = "Prints the version.")
  @SuppressWarnings("unused") // Picocli itself acts on it.
  private boolean version;

  RootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Terminal terminal() {
    return terminal;
  }
}
