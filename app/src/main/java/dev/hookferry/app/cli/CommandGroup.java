package dev.hookferry.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Commands under one heading of the help.
 *
 * @param heading the heading, without a colon
 * @param commands their classes, in order
 */
record CommandGroup(String heading, List<Class<?>> commands) {
  CommandGroup(String heading, Class<?>... commands) {
    this(heading, List.of(commands));
  }

  /** Lists the commands of the root in groups instead of one long list. */
  static void showIn(CommandLine root) {
    root.getHelpSectionMap().remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    IHelpSectionRenderer groups =
        help ->
            RootCommand.GROUPS.stream()
                .map(group -> group.text(help))
                .collect(Collectors.joining());
    root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, groups);
  }

  private String text(Help help) {
    Map<String, Help> own = new LinkedHashMap<>();
    help.subcommands()
        .forEach(
            (name, command) -> {
              if (commands.contains(command.commandSpec().userObject().getClass())) {
                own.put(name, command);
              }
            });
    return own.isEmpty() ? "" : "%n%s:%n".formatted(heading) + help.commandList(own);
  }
}
