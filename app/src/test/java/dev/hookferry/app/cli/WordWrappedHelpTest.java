package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class WordWrappedHelpTest {
  @Test
  void noLineBreaksWithinAValue() {
    String help = Typed.run("endpoints", "add", "--help").out();
    assertThat(help)
        .contains("http://127.0.0.1:8087)", "8:10:exponential,", "{\"Seats\":{\"$gte\":10}};");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void continuedLinesHaveOneIndent() {
    String help = Typed.run("endpoints", "add", "--help").out();
    String options = help.substring(help.indexOf("Registers an endpoint"));
    assertThat(
            options
                .lines()
                .filter(line -> line.matches(" {24,}\\S.*"))
                .map(line -> line.length() - line.stripLeading().length())
                .distinct())
        .hasSize(1);
  }

  @Test
  void aNarrowTerminalGetsNarrowHelp() {
    assertThat(CommandLines.helpWidth("72")).isEqualTo(72);
    assertThat(CommandLines.helpWidth("20")).isEqualTo(60);
    assertThat(CommandLines.helpWidth("200")).isEqualTo(100);
    assertThat(CommandLines.helpWidth(null)).isEqualTo(100);
    CommandLine line = CommandLines.create().setUsageHelpWidth(72);
    assertThat(Typed.run(line, "deliveries", "list", "--help").out().lines())
        .allMatch(each -> each.length() <= 72);
  }
}
