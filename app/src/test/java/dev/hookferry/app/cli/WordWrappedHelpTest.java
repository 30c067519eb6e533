package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class WordWrappedHelpTest {
  @Test
  void noLineBreaksWithinAValue() {
    String help = CommandResult.run("endpoints", "add", "--help").out();
    assertThat(help)
        .contains("http://127.0.0.1:8087)", "8:10:exponential,", "{\"Seats\":{\"$gte\":10}};");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void continuedLinesHaveOneIndent() {
    String help = CommandResult.run("endpoints", "add", "--help").out();
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
  void verbsThatLookComeFirstAndThoseThatRemoveLast() {
    CommandLine all = CommandLines.create();
    assertThat(List.copyOf(all.getSubcommands().get("endpoints").getSubcommands().keySet()))
        .startsWith("list", "show", "policy", "add")
        .endsWith("remove");
    assertThat(List.copyOf(all.getSubcommands().get("keys").getSubcommands().keySet()))
        .containsExactly("list", "whoami", "add", "revoke");
  }

  @Test
  void theHelpOfANewEndpointSaysNothingAboutChanges() {
    for (String verb : List.of("add", "try")) {
      String help = CommandResult.run("endpoints", verb, "--help").out();
      assertThat(help)
          .contains("--metadata", "--signature")
          .doesNotContain("existing", "none removes all", "at a rotation", "removes it");
    }
    assertThat(CommandResult.run("endpoints", "change", "--help").out())
        .contains("none removes all");
    assertThat(CommandResult.run("sites", "add", "--help").out())
        .contains("--metadata", "--uid")
        .doesNotContain("existing", "removes");
    assertThat(CommandResult.run("sites", "change", "--help").out())
        .contains("removes it", "existing");
  }

  @Test
  void aNarrowTerminalGetsNarrowHelp() {
    assertThat(WordWrappedHelp.width(72)).isEqualTo(72);
    assertThat(WordWrappedHelp.width(20)).isEqualTo(60);
    assertThat(WordWrappedHelp.width(Integer.MAX_VALUE)).isEqualTo(100);
    assertThat(CommandResult.inColor(72, "deliveries", "list", "--help").out().lines())
        .allMatch(each -> each.length() <= 72);
  }
}
