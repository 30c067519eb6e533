package dev.hookferry.http.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.routing.RoutingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A delivery is retried or resent, and a period is replayed: pages and calls use no other word. */
class SendingWordsTest {
  private static final Path MAIN = Path.of("src/main");

  /** Labels and names of actions; sentences may say that something "is sent again". */
  private static final Pattern OTHERS =
      Pattern.compile(
          "(?i)\\bsend(ing)? (\\w+ |\\{} |delivered events )?again|re-send|redeliver"
              + "|will be tried again|\\bonce more\\b|failed deliveries of a time window again");

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(//|/?\\*).*$");

  @Test
  void noPageAndNoCallHasAnotherWord() throws IOException {
    int searched = 0;
    for (String folder : List.of("jte", "openapi", "java/dev/hookferry/http/console")) {
      for (Path file : files(MAIN.resolve(folder))) {
        assertThat(COMMENT.matcher(Files.readString(file)).replaceAll(""))
            .as("%s", file)
            .doesNotContainPattern(OTHERS);
        searched++;
      }
    }
    assertThat(searched).isGreaterThan(100);
    assertThat(Words.all("en").values()).noneMatch(text -> OTHERS.matcher(text).find());
  }

  @Test
  void anEventIsRoutedBeforeItsDeliveryIsDelivered() {
    assertThat(RoutingOutcome.DELIVERED.label()).isEqualTo("routed");
    assertThat(RoutingOutcome.NOT_SUBSCRIBED.label()).isEqualTo("not subscribed");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
