package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of the page on troubleshooting, where the port is taken as the page says. */
final class TroubleshootingExampleTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^\\$ hookferry (doctor --store [^\n]*)\n(.*?)^```$");

  @Test
  void doctorFindsAnOccupiedPort() throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("troubleshooting.md")));
    assertThat(example.find()).isTrue();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      List<String> words = List.of(example.group(1).replace("9901", port).split(" "));
      ManualServer.Printed printed = ManualServer.runAlone(words);
      assertThat(printed.code()).isEqualTo(1);
      assertThat(shape(printed.out())).isEqualTo(shape(example.group(2)));
    }
  }

  /** Returns the lines without numbers, and without what depends on name servers and the disk. */
  private static List<String> shape(String text) {
    return text.lines()
        .filter(line -> !line.contains(" dns ") && !line.contains(" disk "))
        .filter(line -> !line.matches(" +→ (check the name servers|watch the metric).*"))
        .map(line -> line.replaceAll("Java \\S+,", "Java N,").replaceAll("[0-9][0-9,.]*", "N"))
        .map(line -> line.replaceAll("N (failure|warning)s?", "N $1"))
        .toList();
  }
}
