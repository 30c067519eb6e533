package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on event types do what the page says, in their order. */
class EventTypesExampleTest {
  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = ManualServer.inMemory(folder);
    List<String> schemas = ManualPage.blocks("event-types.md", "json");
    Files.writeString(folder.resolve("order.json"), schemas.get(0));
    Files.writeString(folder.resolve("order-2.json"), schemas.get(1));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theCommandsDoWhatThePageSays() throws IOException {
    List<String> printed = new ArrayList<>();
    for (String block : ManualPage.blocks("event-types.md", "sh")) {
      block.lines().forEach(line -> printed.add(runShown(line)));
    }

    assertThat(printed.get(0)).contains("added the event type order.paid: policy block, version 1");
    assertThat(printed.get(1)).contains("license_created", "order.paid", "block");
    assertThat(printed.get(2)).contains("An order was paid.", "\"Number\": \"4711\"", "Schema:");
    assertThat(printed.get(3)).contains("accepted evt_");
    assertThat(printed.get(4)).contains("version 2 of the schema");
    assertThat(Files.readString(folder.resolve("webhooks.json")))
        .contains("\"openapi\": \"3.1.0\"", "order.paid");
    assertThat(Files.readString(folder.resolve("channels.json")))
        .contains("\"asyncapi\": \"3.0.0\"");

    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"Number\":4711}");
    assertThat(run(2, "hookferry send order.paid " + bad))
        .contains(
            "data/Number: must satisfy \"type\": \"string\" (schema of order.paid, version 2)")
        .contains("data: must have the properties Total, Currency");
    assertThat(run(2, "hookferry event-types put order.paid --schema {} --policy warn"))
        .contains("make it version 3");
    assertThat(run(0, "hookferry event-types remove order.paid --yes")).contains("removed");
    assertThat(run(4, "hookferry send order.paid --example"))
        .contains("there is no event type order.paid");
  }

  /** Runs a line of the page; a new version must not fit the current example, as the page says. */
  private String runShown(String line) {
    if (line.contains("add-version")) {
      String without = line.replaceFirst(" --example .*", "");
      assertThat(run(2, without)).contains("example: must have the property Currency");
    }
    return run(0, line);
  }

  private String run(int expected, String line) {
    List<String> words = ManualServer.words(line).stream().map(this::local).toList();
    ManualServer.Printed printed = server.run(words);
    assertThat(printed.code()).as("%s: %s", line, printed).isEqualTo(expected);
    return printed.out() + printed.err();
  }

  /** Returns a word with the place of the file that it names, if it names one. */
  private String local(String word) {
    String file = word.replaceFirst("^@", "");
    boolean isFile = file.matches("[a-z0-9-]+[.]json");
    return isFile ? (word.startsWith("@") ? "@" : "") + folder.resolve(file) : word;
  }
}
