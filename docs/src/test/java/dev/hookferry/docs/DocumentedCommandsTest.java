package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.hookferry.app.cli.CommandLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Every command that the README and the manual show is one that the command line takes. */
class DocumentedCommandsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|bash|)\n(.*?)^```$");
  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?hookferry( [^`]+)`");

  /** A word of a shell, quoted or not, or what separates commands. */
  private static final Pattern TOKEN =
      Pattern.compile("([0-9]?[<>]+|\\||&&?|;|[()])|((?:[^\\s'\"|&;<>()]|'[^']*'|\"[^\"]*\")+)");

  /**
   * A command on a page.
   *
   * @param page where it stands
   * @param words what follows {@code hookferry}
   * @param next the line below it, which is the error if it is there to show one
   */
  record ShownCommand(Path page, List<String> words, String next) {
    @Override
    public String toString() {
      return page.getFileName() + ": hookferry " + String.join(" ", words);
    }
  }

  static Stream<ShownCommand> inBlocks() {
    return pages()
        .flatMap(
            page ->
                BLOCK
                    .matcher(read(page))
                    .results()
                    .flatMap(block -> commands(page, block.group(1)).stream()));
  }

  static Stream<ShownCommand> inText() {
    return pages()
        .flatMap(
            page ->
                INLINE
                    .matcher(read(page).replaceAll("(?ms)^```.*?^```$", ""))
                    .results()
                    .map(found -> new ShownCommand(page, words(found.group(1)).get(0), "")));
  }

  @ParameterizedTest
  @MethodSource("inBlocks")
  void aCommandInABlockParses(ShownCommand shown) {
    try {
      CommandLine.ParseResult unused = parse(shown);
    } catch (ParameterException e) {
      assertThat(shown.next()).as("%s: %s", shown, e.getMessage()).isEqualTo(error(shown));
    }
  }

  /** A mention may leave out arguments, but names no command or option that is not there. */
  @ParameterizedTest
  @MethodSource("inText")
  void aCommandInTheTextExists(ShownCommand shown) {
    try {
      CommandLine.ParseResult unused = parse(shown);
    } catch (MissingParameterException e) {
      assertThat(shown.words()).isNotEmpty();
    } catch (ParameterException e) {
      fail(shown + ": " + e.getMessage());
    }
  }

  @Test
  void thereAreManyOfBothKinds() {
    assertThat(inBlocks()).hasSizeGreaterThan(80);
    assertThat(inBlocks().map(shown -> shown.page().getFileName().toString()))
        .contains("README.md", "quick-start.md", "command-line.md", "security.md");
    assertThat(inText()).hasSizeGreaterThan(15);
  }

  private static CommandLine.ParseResult parse(ShownCommand shown) {
    String[] args = shown.words().toArray(String[]::new);
    return CommandLines.create(args).parseArgs(args);
  }

  private static String error(ShownCommand shown) {
    StringWriter error = new StringWriter();
    String[] args = shown.words().toArray(String[]::new);
    int unused = CommandLines.create(args).setErr(new PrintWriter(error)).execute(args);
    return error.toString().lines().findFirst().orElse("");
  }

  private static List<ShownCommand> commands(Path page, String block) {
    List<ShownCommand> all = new ArrayList<>();
    List<String> lines = block.replace("\\\n", " ").lines().toList();
    boolean hasPrompts = lines.stream().anyMatch(line -> line.startsWith("$ "));
    for (int i = 0; i < lines.size(); i++) {
      if (hasPrompts && !lines.get(i).startsWith("$ ")) {
        continue; // Output.
      }
      String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
      for (List<String> words : words(lines.get(i).replaceFirst("^\\$ ", ""))) {
        int name = 0;
        while (name < words.size() && words.get(name).matches("[A-Z_]+=.*")) {
          name++;
        }
        if (name < words.size() && words.get(name).matches("(\\./)?hookferry")) {
          all.add(new ShownCommand(page, words.subList(name + 1, words.size()), next));
        }
      }
    }
    return all;
  }

  /** The commands of a line, each as its words without quotes. */
  private static List<List<String>> words(String line) {
    List<List<String>> commands = new ArrayList<>(List.of(new ArrayList<>()));
    Matcher token = TOKEN.matcher(line.replaceFirst("(^|\\s)#\\s.*", ""));
    boolean isFile = false;
    while (token.find()) {
      if (token.group(1) != null) {
        isFile = token.group(1).matches("[0-9]?[<>]+");
        if (!isFile) {
          commands.add(new ArrayList<>());
        }
      } else if (isFile) {
        isFile = false;
      } else if (!token.group(2).equals("…")) {
        commands.get(commands.size() - 1).add(unquoted(token));
      }
    }
    return commands;
  }

  private static String unquoted(MatchResult token) {
    return token.group(2).replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2");
  }

  private static Stream<Path> pages() {
    try (Stream<Path> guides = Files.list(Path.of("."));
        Stream<Path> notes = Files.list(Path.of("lab"))) {
      List<Path> pages =
          new ArrayList<>(
              Stream.concat(guides, notes).filter(f -> f.toString().endsWith(".md")).toList());
      pages.add(Path.of("../README.md"));
      pages.add(Path.of("../CONTRIBUTING.md"));
      return pages.stream().sorted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
