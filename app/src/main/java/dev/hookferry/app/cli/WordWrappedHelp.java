package dev.hookferry.app.cli;

import dev.hookferry.app.text.LineText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
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
  WordWrappedHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> positionals, ColorScheme colors) {
    Layout usual = super.createDefaultLayout(options, positionals, colors);
    return new Layout(
        usual.colorScheme(), usual.textTable(), usual.optionRenderer(), usual.parameterRenderer()) {
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
