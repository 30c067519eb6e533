package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page on event types do what the page says, in their order. */
class EventTypesExampleTest {
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
  private static final Pattern SCHEMA = Pattern.compile("(?ms)^```json\n(.*?)^```$");

  private static final Pattern WORD = Pattern.compile("'[^']*'|[^ ]+");

  private ManualServer server;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    server = ManualServer.inMemory(folder);
    String schema = blocks(SCHEMA).get(0);
    Files.writeString(folder.resolve("order.json"), schema);
    Files.writeString(
        folder.resolve("order-2.json"), schema.replace("[\"Number\"]", "[\"Number\", \"Total\"]"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theCommandsDoWhatThePageSays() throws IOException {
    List<String> printed = new ArrayList<>();
    for (String block : blocks(COMMANDS)) {
      block.lines().forEach(line -> printed.add(run(0, line)));
    }

    assertThat(printed.get(0)).contains("described order.paid: policy block, version 1");
    assertThat(printed.get(1)).contains("license_created", "order.paid", "block");
    assertThat(printed.get(2)).contains("An order was paid.", "\"Number\" : \"4711\"", "Schema:");
    assertThat(printed.get(3)).contains("accepted evt_");
    assertThat(printed.get(4)).contains("version 2 of the schema");
    assertThat(Files.readString(folder.resolve("webhooks.json")))
        .contains("\"openapi\" : \"3.1.0\"", "order.paid");
    assertThat(Files.readString(folder.resolve("channels.json")))
        .contains("\"asyncapi\" : \"3.0.0\"");

    Path bad = Files.writeString(folder.resolve("bad.json"), "{\"Number\":4711}");
    assertThat(run(2, "hookferry send order.paid " + bad))
        .contains(
            "data/Number: must satisfy \"type\": \"string\" (schema of order.paid, version 2)")
        .contains("data: must have Total");
    assertThat(run(2, "hookferry event-types put order.paid --schema {} --policy warn"))
        .contains("make it version 3");
    assertThat(run(0, "hookferry event-types remove order.paid --yes")).contains("removed");
    assertThat(run(1, "hookferry send order.paid --example"))
        .contains("there is no event type order.paid");
  }

  private static List<String> blocks(Pattern kind) throws IOException {
    return kind.matcher(Files.readString(Path.of("event-types.md")))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private String run(int expected, String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String text = word.group().replace("'", "");
      String file = text.replaceFirst("^@", "");
      boolean isFile = file.matches("[a-z0-9-]+[.]json");
      words.add(isFile ? (text.startsWith("@") ? "@" : "") + folder.resolve(file) : text);
    }
    words.remove("hookferry");
    ManualServer.Printed printed = server.run(words);
    assertThat(printed.code()).as("%s: %s", line, printed).isEqualTo(expected);
    return printed.out() + printed.err();
  }
}
