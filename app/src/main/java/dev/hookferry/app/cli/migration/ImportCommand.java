package dev.hookferry.app.cli.migration;

import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.migration.ImportPlan;
import dev.hookferry.app.migration.ImportReport;
import dev.hookferry.app.migration.ImportRun;
import dev.hookferry.app.migration.sender.ConvoyReader;
import dev.hookferry.app.migration.sender.Hook0Reader;
import dev.hookferry.app.migration.sender.OutpostReader;
import dev.hookferry.app.migration.sender.SenderReader;
import dev.hookferry.app.migration.sender.SenderSettings;
import dev.hookferry.app.migration.sender.SvixReader;
import dev.hookferry.app.migration.sender.WebhookxReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "import",
    description = {
      "Imports tenants, event types and endpoints from another sender.",
      "Receivers see no difference. Repeatable: later runs write only what has changed."
    },
    addMethodSubcommands = false)
public final class ImportCommand {
  @Command(
      name = "svix",
      description = {
        "Imports the applications of Svix as sites, with event types and endpoints.",
        "With white-labelled headers, give --signature standard."
      })
  int svix(@Mixin ImportOptions options, @Mixin SenderOptions sender) {
    return run(options, true, new SvixReader(), sender.settings(options, List.of()));
  }

  @Command(
      name = "outpost",
      description = {
        "Imports the tenants of Outpost as sites, with topics and webhook destinations.",
        "If its signature settings were changed, name the profile, as in --signature 'outpost"
            + " headerPrefix=X-Acme-'."
      })
  int outpost(
      @Mixin ImportOptions options,
      @Mixin SenderOptions sender,
      @Option(
              names = "--tenant",
              paramLabel = "ID",
              description = "A tenant; repeatable. Needed if Outpost cannot list them.")
          @Nullable List<String> tenants) {
    return run(options, true, new OutpostReader(), sender.settings(options, orNone(tenants)));
  }

  @Command(
      name = "convoy",
      description = {
        "Imports the projects of Convoy as sites, with event types and subscriptions.",
        "Each subscription becomes an endpoint."
      })
  int convoy(
      @Mixin ImportOptions options,
      @Option(
              names = "--project",
              required = true,
              paramLabel = "ID",
              description = "A project; repeatable. The token must be allowed to read it.")
          List<String> projects) {
    SenderSettings settings = new SenderOptions().settings(options, projects);
    return run(options, true, new ConvoyReader(), settings);
  }

  @Command(
      name = "hook0",
      description = {
        "Imports the applications of Hook0 as sites, with event types and subscriptions.",
        "If its signature settings were changed, name the profile, as in --signature 'hook0"
            + " mode=v0-v1'."
      })
  int hook0(
      @Mixin ImportOptions options,
      @Mixin SenderOptions sender,
      @Option(
              names = "--organization",
              paramLabel = "ID",
              description = "An organization; repeatable. Needed with a service token.")
          @Nullable List<String> organizations) {
    SenderSettings settings = sender.settings(options, orNone(organizations));
    return run(options, true, new Hook0Reader(), settings);
  }

  @Command(
      name = "webhookx",
      description = "Imports the workspaces of WebhookX as sites, with endpoints and signatures.")
  int webhookx(@Mixin ImportOptions options) {
    SenderSettings settings = new SenderOptions().settings(options, List.of());
    return run(options, false, new WebhookxReader(), settings);
  }

  private static List<String> orNone(@Nullable List<String> given) {
    return given == null ? List.of() : given;
  }

  private static int run(
      ImportOptions options, boolean needsToken, SenderReader reader, SenderSettings settings) {
    ImportRun run = new ImportRun(options.client(), options.choices());
    ImportPlan plan = reader.read(options.source(needsToken), settings);
    ImportReport report = run.apply(plan);
    if (options.json()) {
      options.print(report.json());
    } else {
      report.lines().forEach(options::line);
    }
    if (report.stopped() != null) {
      throw new CommandFailure(
          "the import is incomplete: " + report.stopped() + "; run it again to complete it");
    }
    return ExitCode.of(report.isComplete());
  }
}
