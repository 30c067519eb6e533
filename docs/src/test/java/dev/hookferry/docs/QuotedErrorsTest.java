package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The refusals that pages quote are what the commands above them print; so are the headings of
 * tables, which another test compares on the page of the command line.
 */
class QuotedErrorsTest {
  /** A command, perhaps with its standard input, and the error below it. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?m)^\\$ (?:echo '([^']*)' \\| )?hookferry (.+)\n"
              + "(hookferry: (?!unknown option |alerts: |dlv_).*(?:\n {2}.*)*)");

  private static final Pattern ENDPOINT = Pattern.compile("\\bep_[0-9a-z]{26}\\b");

  private static final List<String> QUOTING =
      List.of("outbound", "filters", "event-types", "bodies", "troubleshooting");

  /** A command with a table below it. */
  private static final Pattern TABLE =
      Pattern.compile("(?m)^\\$ hookferry ([a-z][a-z -]*)[^\n]*\n([A-Z][A-Z ]+)$");

  @TempDir Path folder;

  @Test
  void tablesHaveTheHeadingsOfThePageOnTheCommandLine() throws IOException {
    Map<String, Set<String>> headings = new HashMap<>();
    tables(ManualPage.commandLine())
        .forEach(
            table ->
                headings.computeIfAbsent(command(table), name -> new HashSet<>()).add(head(table)));
    assertThat(headings).hasSizeGreaterThan(15);
    int compared = 0;
    for (Path page : JavaBlock.pages()) {
      for (MatchResult table : tables(JavaBlock.read(page)).toList()) {
        assertThat(headings).as("%s", page).containsKey(command(table));
        assertThat(headings.get(command(table))).as("%s", page).contains(head(table));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(25);
  }

  private static Stream<MatchResult> tables(String text) {
    return TABLE.matcher(text).results();
  }

  /** Returns the first two words of a command, or one if no other follows that is a verb. */
  private static String command(MatchResult table) {
    return table.group(1).replaceFirst("^(\\S+(?: (?!-)[a-z]\\S+)?).*", "$1").strip();
  }

  private static String head(MatchResult table) {
    return table.group(2).strip().replaceAll(" +", " ");
  }

  @Test
  void theErrorsOfThePagesArePrinted() throws IOException {
    Path schema =
        Files.writeString(
            folder.resolve("order.json"), ManualPage.blocks("event-types.md", "json").get(0));
    try (ManualServer server = ManualServer.strict(folder)) {
      String added = server.typed("endpoints add https://93.184.216.34/hook --type * --uid crm");
      server.typed("event-types put order.paid --policy block --schema @" + schema);
      List<MatchResult> quoted = new ArrayList<>();
      for (String page : QUOTING) {
        quoted.addAll(QUOTED.matcher(Files.readString(Path.of(page + ".md"))).results().toList());
      }
      quoted.addAll(QUOTED.matcher(ManualPage.commandLine()).results().toList());
      assertThat(quoted).hasSizeGreaterThan(10);
      Matcher id = ENDPOINT.matcher(added);
      assertThat(id.find()).isTrue();
      quoted.forEach(quote -> verify(quote, id.group(), server));
    }
  }

  private static void verify(MatchResult quote, String endpoint, ManualServer server) {
    String line = ENDPOINT.matcher(quote.group(2)).replaceAll(endpoint);
    List<String> words = ManualServer.words(line);
    if (quote.group(1) != null) {
      words.add(quote.group(1));
    }
    assertThat(server.run(words).err().strip())
        .as(line)
        .isEqualTo(ENDPOINT.matcher(quote.group(3)).replaceAll(endpoint));
  }
}
