package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions of fish, in fish itself. */
class FishCompletionTest {
  @TempDir private Path folder;
  private Path script;

  @BeforeAll
  static void fish() throws IOException, InterruptedException {
    InstalledShell.require("fish");
  }

  @BeforeEach
  void write() throws IOException {
    script =
        Files.writeString(folder.resolve("h.fish"), CommandResult.run("completion", "fish").out());
  }

  @Test
  void commandsOptionsAndTheirWordsAreCompleted() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("final.txt"), "");

    assertThat(completions("hookferry endp")).containsExactly("endpoints");
    assertThat(completions("hookferry endpoints filt")).containsExactly("filter-test");
    assertThat(completions("hookferry sites add --ser")).containsExactly("--server");
    assertThat(completions("hookferry deliveries list --status f"))
        .as("and no file")
        .containsExactly("failed");
    assertThat(completions("hookferry help bl")).containsExactly("blocked-keys");
    assertThat(completions("hookferry log --outcome worker")).containsExactly("worker_died");
    assertThat(completions("hookferry keys add --scope pu")).containsExactly("publish");
    assertThat(completions("hookferry portal link --can sec")).containsExactly("secrets");
    assertThat(completions("hookferry serve --log-level de")).containsExactly("debug");
    assertThat(completions("hookferry serve --config fin")).containsExactly("final.txt");
  }

  @Test
  void theIdsThatTheServerHasAreCompleted() throws IOException, InterruptedException {
    Path asked = folder.resolve("asked");
    Path program = folder.resolve("hookferry");
    String list =
        """
        #!/bin/sh
        echo "$@" >> %s
        case "$1" in
          endpoints) printf 'id,uid,url\\r\\nep_1,crm,http://h\\r\\nep_2,,http://h\\r\\nep_3,$(boom),x\\r\\n';;
          *) exit 6;;
        esac
        """
            .formatted(asked);
    assertThat(Files.writeString(program, list).toFile().setExecutable(true)).isTrue();

    assertThat(completions(program + " endpoints show c")).containsExactly("crm");
    assertThat(completions(program + " log --site acme --endpoint e")).containsExactly("ep_2");
    assertThat(completions(program + " endpoints show --server http://h c")).isEmpty();
    assertThat(completions(program + " deliveries show d")).isEmpty();
    assertThat(asked)
        .hasContent(
            """
            endpoints list --limit 200 -o csv
            endpoints list --limit 200 -o csv --site=acme
            deliveries list --limit 200 -o csv
            """);
  }

  /** Returns what fish offers for the last word of a line, without the descriptions. */
  private List<String> completions(String line) throws IOException, InterruptedException {
    String ask = "source %s; complete -C '%s'".formatted(script, line);
    ProcessBuilder builder = new ProcessBuilder("fish", "--no-config", "-c", ask);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", folder.toString());
    Process fish = builder.start();
    String said = new String(fish.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(fish.waitFor()).as(said).isZero();
    return said.lines().map(offer -> offer.replaceFirst("\t.*", "")).toList();
  }
}
