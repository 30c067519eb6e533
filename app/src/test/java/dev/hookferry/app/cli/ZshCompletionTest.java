package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions of zsh, in zsh itself, by someone who types and presses tab. */
class ZshCompletionTest {
  /** Types each line and a tab in a terminal; Ctrl-X then writes down what the line has become. */
  private static final String TYPIST =
      """
      zmodload zsh/zpty || exit 1
      setup=$1 lines=$2 screen=$3
      shift 3
      zpty terminal "zsh -f -i"
      zpty -w terminal "PROMPT= TERM=dumb; source $setup; bindkey '^I' complete-word
      tell() { print -r -- \\$BUFFER >>$lines; BUFFER=; zle .accept-line }
      zle -N tell; bindkey '^X' tell; echo > $lines"
      await() { for i in {1..400}; do [[ -e $lines && $(wc -l <$lines) -ge $1 ]] && break; sleep 0.05; done }
      await 1
      count=1
      for line; do
        zpty -w -n terminal $line$'\\t'$'\\x18'
        await $((++count))
      done
      while zpty -r -t terminal shown; do print -r -- $shown >>$screen; done
      zpty -d terminal
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void zsh() throws IOException, InterruptedException {
    InstalledShell.require("zsh");
  }

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("typist"), TYPIST);
    Files.createDirectory(folder.resolve("functions"));
    Files.writeString(
        folder.resolve("functions/_hookferry"), CommandResult.run("completion", "zsh").out());
  }

  @Test
  void commandsOptionsAndTheirWordsAreCompleted() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("final.txt"), "");
    List<String> typed =
        List.of(
            "hookferry endp",
            "hookferry endpoints filt",
            "hookferry sites add --ser",
            "hookferry deliveries list --status f",
            "hookferry help bl",
            "hookferry keys add --scope pu",
            "hookferry serve --config fin");
    List<String> completed =
        List.of(
            "hookferry endpoints",
            "hookferry endpoints filter-test",
            "hookferry sites add --server",
            "hookferry deliveries list --status failed",
            "hookferry help blocked-keys",
            "hookferry keys add --scope publish",
            "hookferry serve --config final.txt");

    assertThat(
            completions("fpath=(functions $fpath); autoload -Uz compinit; compinit -u -D", typed))
        .as("of the file that the packages install")
        .isEqualTo(completed);
    assertThat(completions("source functions/_hookferry", typed))
        .as("of the script that a shell reads at its start")
        .isEqualTo(completed);
  }

  @Test
  void theIdsThatTheServerHasAreCompleted() throws IOException, InterruptedException {
    String program =
        """
        #!/bin/sh
        case "$1" in
          endpoints) printf 'id,uid,url\\r\\nep_1,crm,http://h\\r\\nep_2,,http://h\\r\\nep_3,$(boom),x\\r\\n';;
          *) exit 6;;
        esac
        """;
    Path file = Files.writeString(folder.resolve("hookferry"), program);
    assertThat(file.toFile().setExecutable(true)).isTrue();

    assertThat(
            completions(
                "path=($PWD $path); source functions/_hookferry",
                List.of("hookferry endpoints show c", "hookferry log --site acme --endpoint e")))
        .containsExactly(
            "hookferry endpoints show crm", "hookferry log --site acme --endpoint ep_2");
  }

  /** Returns what the lines have become, after a line that sets up the shell. */
  private List<String> completions(String setup, List<String> typed)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("setup"), setup + "\n");
    Files.deleteIfExists(folder.resolve("lines"));
    Files.deleteIfExists(folder.resolve("screen"));
    List<String> command =
        new ArrayList<>(List.of("zsh", "-f", "typist", "setup", "lines", "screen"));
    command.addAll(typed);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    Process zsh = builder.start();
    String said = new String(zsh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(zsh.waitFor()).as(said).isZero();
    String screen = Files.readString(folder.resolve("screen"));
    assertThat(screen).doesNotContain("not found", "rror");
    return Files.readString(folder.resolve("lines")).lines().skip(1).map(String::strip).toList();
  }
}
