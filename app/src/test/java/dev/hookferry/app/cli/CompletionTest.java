package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  private static final Path BASH = Path.of("/bin/bash");

  @Test
  void bashCompletesCommandsAndOptions(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(BASH).as("bash, to run its completions").exists();
    Path script =
        Files.writeString(
            folder.resolve("hookferry"), CommandResult.run("completion", "bash").out());

    assertThat(completions(script, "endp")).isEqualTo("endpoints");
    assertThat(completions(script, "endpoints", "filt")).isEqualTo("filter-test");
    assertThat(completions(script, "sites", "add", "--ser")).isEqualTo("--server");
    assertThat(completions(script, "deliveries", "list", "--status", "f")).isEqualTo("failed");
    assertThat(completions(script, "help", "bl")).isEqualTo("blocked-keys");
    assertThat(completions(script, "log", "--outcome", "worker")).isEqualTo("worker_died");
    assertThat(completions(script, "keys", "add", "--scope", "pu")).isEqualTo("publish");
    assertThat(completions(script, "portal", "link", "--can", "sec")).isEqualTo("secrets");
    assertThat(completions(script, "serve", "--log-level", "de")).isEqualTo("debug");
  }

  @Test
  void bashCompletesTheIdsThatTheServerHas(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(BASH).as("bash, to run its completions").exists();
    Path script =
        Files.writeString(folder.resolve("script"), CommandResult.run("completion", "bash").out());
    Path asked = folder.resolve("asked");
    Path program = folder.resolve("hookferry");
    String list =
        """
        #!/bin/bash
        echo "$@" >> %s
        case "$1" in
          endpoints) printf 'id,uid,url\\r\\nep_1,crm,http://h\\r\\nep_2,,http://h\\r\\nep_3,$(boom),x\\r\\n';;
          event-types) printf 'type,policy\\r\\norder.paid,off\\r\\n';;
          *) exit 6;;
        esac
        """
            .formatted(asked);
    assertThat(Files.writeString(program, list).toFile().setExecutable(true)).isTrue();

    assertThat(completions(script, program, "endpoints", "show", "c")).isEqualTo("crm");
    assertThat(completions(script, program, "log", "--site", "acme", "--endpoint", "e"))
        .isEqualTo("ep_2");
    assertThat(completions(script, program, "log", "--site=acme", "--endpoint", "e"))
        .isEqualTo("ep_2");
    for (String other : List.of("--server=http://h", "--server http://h", "--key hf_x")) {
      assertThat(completions(script, program, "endpoints", "show", other, "c")).isEmpty();
    }
    assertThat(completions(script, program, "send", "ord")).isEqualTo("order.paid");
    assertThat(completions(script, program, "deliveries", "show", "d")).isEmpty();
    assertThat(completions(script, program, "sites", "add", "a")).isEmpty();
    assertThat(completions(script, program, "endpoints", "list", "--st")).isEqualTo("--state");
    assertThat(asked)
        .hasContent(
            """
            endpoints list --limit 200 -o csv
            endpoints list --limit 200 -o csv --site acme
            endpoints list --limit 200 -o csv --site=acme
            event-types list --limit 200 -o csv
            deliveries list --limit 200 -o csv
            """);
  }

  private static String completions(Path script, String... words)
      throws IOException, InterruptedException {
    return completions(script, Path.of("hookferry"), words);
  }

  private static String completions(Path script, Path program, String... words)
      throws IOException, InterruptedException {
    String line = program + " " + String.join(" ", words);
    String ask =
        "compopt() { :; }; source %s; COMP_LINE='%s'; COMP_POINT=%d; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_hookferry; echo ${COMPREPLY[@]}"
            .formatted(script, line, line.length(), line, words.length);
    Process bash = new ProcessBuilder(BASH.toString(), "-c", ask).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.strip();
  }

  @Test
  void fishCompletesCommandsAndOptions() {
    String script = CommandResult.run("completion", "fish").out();

    assertThat(script)
        .contains("case --server '--server=*' --key '--key=*'\n        return\n")
        .contains(" $argv[1] list --limit 200 -o csv $site 2>/dev/null");
    assertThat(script.lines().dropWhile(line -> !line.isEmpty()).skip(1))
        .allMatch(line -> line.startsWith("complete -c hookferry "))
        .anyMatch(line -> line.contains("-n '__fish_use_subcommand' -a endpoints -d '"))
        .anyMatch(
            line ->
                line.contains("__fish_seen_subcommand_from endpoints; and not")
                    && line.contains("-a filter-test"))
        .anyMatch(
            line ->
                line.contains("endpoints; and __fish_seen_subcommand_from add'")
                    && line.contains(" -l timeout -r -d '"))
        .anyMatch(line -> line.contains(" -l scope -x -a 'publish read manage admin' -d '"))
        .anyMatch(line -> line.contains(" -l endpoint -x -a '(__hookferry_ids endpoints)' "))
        .anyMatch(line -> line.contains("__fish_seen_subcommand_from help' -a 'demo serve "));
    String unescaped = script.replace("\\'", "");
    assertThat(unescaped.chars().filter(c -> c == '\'').count() % 2).isZero();
  }

  @Test
  void othersGetNoScript() {
    assertThat(CommandResult.run("completion")).isEqualTo(CommandResult.run("completion", "bash"));
    CommandResult other = CommandResult.run("completion", "powershell");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("SHELL: must be bash, zsh or fish (got powershell)");
  }
}
