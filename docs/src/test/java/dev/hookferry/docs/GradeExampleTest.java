package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.grade.ReceiverCheck;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about grades shows the reports that the command prints, and explains each check. */
class GradeExampleTest {
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\$ hookferry ((listen|grade) .*?)( &)?\n((?:(?!\\$ |```).*\n)*)");
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)");
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz\n";

  private final List<Thread> listening = new ArrayList<>();
  private final Map<String, String> ports = new HashMap<>();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    listening.forEach(Thread::interrupt);
  }

  @Test
  void theReportsAreWhatTheCommandPrints() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    Matcher command = COMMAND.matcher(read("grade.md") + read("command-line-receivers.md"));
    int reports = 0;
    while (command.find()) {
      if (command.group(2).equals("listen") && command.group(3) != null) {
        listen(command.group(1));
      } else if (command.group(2).equals("grade")) {
        assertThat(normal(printed(command.group(1)))).isEqualTo(normal(command.group(4)));
        reports++;
      }
    }
    assertThat(reports).isEqualTo(3);
  }

  @Test
  void everyCheckIsExplained() throws IOException {
    String page = read("grade.md");
    String receivers = read("receivers.md");
    for (ReceiverCheck check : ReceiverCheck.values()) {
      String must =
          switch (check) {
            case QUICK_RESPONSE -> "respond within a third of the time limit";
            case OLDER_EVENT_LAST -> "accept both";
            default -> check.expected() == ReceiverCheck.Expected.ACCEPTED ? "accept" : "refuse";
          };
      assertThat(page)
          .containsPattern(
              "(?m)^\\| %s \\| [^|]+ \\| %s \\| %s \\|$"
                  .formatted(check.title(), must, check.ifFailed().letter()));
      assertThat(receivers).contains("\n## " + check.section() + "\n");
    }
  }

  private void listen(String command) {
    StringWriter out = new StringWriter();
    Matcher port = Pattern.compile("--port ([0-9]+)").matcher(command);
    assertThat(port.find()).isTrue();
    String[] args = words(command.replace(port.group(), "--port 0"));
    Thread thread =
        new Thread(
            () -> {
              int unused =
                  CommandLines.create(args)
                      .setOut(new PrintWriter(out, true))
                      .setErr(new PrintWriter(new StringWriter()))
                      .execute(args);
            });
    thread.setDaemon(true);
    thread.start();
    listening.add(thread);
    Poll.until(() -> ADDRESS.matcher(out.toString()).find());
    Matcher address = ADDRESS.matcher(out.toString());
    assertThat(address.find()).isTrue();
    ports.put(port.group(1), address.group(1));
  }

  private String printed(String command) {
    StringWriter out = new StringWriter();
    String there =
        ADDRESS.matcher(command).replaceFirst(m -> "http://127.0.0.1:" + port(m.group(1)));
    String[] args = words(there);
    int unused = CommandLines.create(args).setOut(new PrintWriter(out, true)).execute(args);
    return out.toString();
  }

  private String port(String shown) {
    return ports.getOrDefault(shown, shown);
  }

  private String[] words(String command) {
    return command.replace("secret.txt", folder.resolve("secret.txt").toString()).split(" ");
  }

  private static String normal(String text) {
    return ADDRESS
        .matcher(text.strip())
        .replaceAll("ADDRESS")
        .replaceAll("[0-9]+ ms", "N ms")
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  private static String read(String page) throws IOException {
    return Files.readString(Path.of(page));
  }
}
