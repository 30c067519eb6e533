package dev.hookferry.app.cli;

import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.Terminal;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.text.LineText;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Help whose descriptions are wrapped between words, at one indent. Picocli also breaks lines
 * within values, such as after the colons of a URL, and indents its own breaks more than those of
 * the source.
 */
final class WordWrappedHelp extends Help {
  private static final int NARROWEST = 60;
  private static final int WIDEST = 100;

  private static final Set<Class<?>> COMMON =
      Set.of(RootCommand.class, OutputOptions.class, ServerOptions.class, SiteOptions.class);

  /** Creates help as wide as the terminal, within the limits of the layout. */
  static final class Factory implements IHelpFactory {
    private final Terminal terminal;
    private int width;

    Factory(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Help create(CommandSpec command, ColorScheme colors) {
      // Determined lazily, since it starts a process.
      width = width == 0 ? width(terminal.width()) : width;
      command.usageMessage().width(width);
      return new WordWrappedHelp(command, colors);
    }
  }

  /** Returns the width of help on a terminal with this many columns. */
  static int width(int columns) {
    return Math.max(NARROWEST, Math.min(WIDEST, columns));
  }

  WordWrappedHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  /** Names only the options that are required; the others are listed below. */
  @Override
  public String synopsis(int headingLength) {
    if (!commandSpec().subcommands().isEmpty()) {
      return super.synopsis(headingLength);
    }
    String required =
        commandSpec().options().stream()
            .filter(option -> option.required() && option.group() == null)
            .map(option -> " " + option.longestName() + "=" + option.paramLabel())
            .collect(Collectors.joining());
    return abbreviatedSynopsis().replace("[OPTIONS]", "[OPTIONS]" + required);
  }

  /** Separates a noun's verbs from its options with a blank line. */
  @Override
  public String commandListHeading(Object... params) {
    String heading = super.commandListHeading(params);
    return commandSpec().parent() == null ? heading : String.format("%n") + heading;
  }

  /** Lists the options of the command itself before those that many commands have. */
  @Override
  public String optionList() {
    Map<Boolean, List<OptionSpec>> options =
        commandSpec().options().stream()
            .filter(option -> !option.hidden())
            .collect(Collectors.partitioningBy(WordWrappedHelp::isCommon));
    List<OptionSpec> own = options.getOrDefault(false, List.of());
    List<OptionSpec> common = options.getOrDefault(true, List.of());
    StringBuilder text = new StringBuilder();
    FlagHeadings.of(own)
        .forEach(
            (heading, flags) ->
                text.append(heading.isEmpty() ? "" : String.format("%n%s:%n", heading))
                    .append(list(flags)));
    boolean isAlone = own.isEmpty() && commandSpec().positionalParameters().isEmpty();
    String heading = isAlone || common.isEmpty() ? "" : String.format("%nCommon options:%n");
    return text + heading + list(common);
  }

  /** Sizes the columns for all options, so that both lists have the same indent. */
  private String list(List<OptionSpec> options) {
    CommandSpec spec = commandSpec();
    return optionListExcludingGroups(
        options,
        createDefaultLayout(spec.options(), spec.positionalParameters(), colorScheme()),
        createDefaultOptionSort(),
        createDefaultParamLabelRenderer());
  }

  /** Returns whether an option is one of the server, the site, the output or the program. */
  private static boolean isCommon(OptionSpec option) {
    return option.userObject() instanceof Field field
        ? COMMON.contains(field.getDeclaringClass())
        : option.longestName().equals("--url");
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> positionals, ColorScheme colors) {
    Layout layout = super.createDefaultLayout(options, positionals, colors);
    return new Layout(
        layout.colorScheme(),
        layout.textTable(),
        layout.optionRenderer(),
        layout.parameterRenderer()) {
      @Override
      public void layout(ArgSpec argument, Text[][] rows) {
        super.layout(argument, wrapped(rows, table, colorScheme));
      }
    };
  }

  /** Wraps the last column, and leaves the names before it in the first row. */
  private static Text[][] wrapped(Text[][] rows, TextTable table, ColorScheme colors) {
    int last = rows[0].length - 1;
    Column column = table.columns()[last];
    String description =
        Stream.of(rows).map(row -> row[last].toString()).collect(Collectors.joining(" "));
    List<String> lines = LineText.wrapped(description, column.width - column.indent);
    Text[][] wrapped = new Text[lines.size()][];
    for (int i = 0; i < wrapped.length; i++) {
      wrapped[i] = i == 0 ? rows[0].clone() : empty(last, colors);
      wrapped[i][last] = colors.text(lines.get(i));
    }
    return wrapped;
  }

  private static Text[] empty(int last, ColorScheme colors) {
    return Stream.generate(() -> colors.text("")).limit(last + 1L).toArray(Text[]::new);
  }
}
