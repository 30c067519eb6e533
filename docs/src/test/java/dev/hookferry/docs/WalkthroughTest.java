package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.docs.Terminals.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first examples of the README, of the quick start and of the guide for QLM's users, run as
 * they are printed, except that their two ports are free ones. They use loopback alone. Its name
 * puts it among the first to start, since it takes the longest.
 */
class WalkthroughTest {
  private static final Pattern SAMPLE = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

  private Terminals terminals;

  @TempDir Path folder;

  @BeforeEach
  void launcher() throws IOException {
    terminals = new Terminals(folder);
  }

  @Test
  void theReadme() throws Exception {
    assertThat(follow(read("../README.md"), "4711").receiver())
        .contains("attempt 1", "{\"type\":\"order.created\",", "\"data\":{\"Number\":\"4711\"");
  }

  @Test
  void theQuickStart() throws Exception {
    String page = read("quick-start.md");
    Said said = follow(page, "attempt 2");
    assertThat(said.receiver()).contains("attempt 2", "webhook-signature valid", "Zoë");
    assertThatOutputIsReal(page, said);
  }

  @Test
  void theQlmGuide() throws Exception {
    String page = read("qlm.md");
    String section = page.substring(page.indexOf("## Try it"), page.indexOf("## Where to find"));
    Said said = follow(section, Terminals.needsCurl("curl ") ? "valid" : "Ada Lovelace");
    assertThat(said.receiver()).contains("X-QLM-Signature valid").doesNotContain("invalid");
    assertThatOutputIsReal(section, said);
  }

  private Said follow(String page, String lastReceived) throws Exception {
    Said said = terminals.follow(page, lastReceived);
    assertThat(said.commands())
        .containsPattern("accepted evt_\\w+: 1 delivery")
        .containsPattern("dlv_\\w+ delivered")
        .doesNotContain("hookferry: ");
    return said;
  }

  /** Ids, times, secrets and numbers differ. */
  private void assertThatOutputIsReal(String page, Said said) {
    String shape = shape(said.all());
    SAMPLE
        .matcher(page)
        .results()
        .filter(block -> block.group(1).isEmpty())
        .flatMap(block -> block.group(2).lines())
        .filter(line -> !Terminals.needsCurl("curl ") || !line.startsWith("{"))
        .forEach(line -> assertThat(shape).as("%s", line).contains(shape(line)));
  }

  private String shape(String text) {
    return terminals
        .withPrintedPorts(text)
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("\\b(ep|evt|dlv|mk|whsec)_\\S+", "ID")
        .replaceAll("\\d+", "N")
        .replaceAll(" +", " ");
  }

  private static String read(String page) throws IOException {
    return Files.readString(Path.of(page));
  }
}
