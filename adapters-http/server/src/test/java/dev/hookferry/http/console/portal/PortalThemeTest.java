package dev.hookferry.http.console.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.site.PortalSettings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PortalThemeTest {
  private static final Pattern COLOURS =
      Pattern.compile("--accent: #(\\w{6}); --accent-text: #(\\w{6}); --accent-soft: #(\\w{6})");

  @Test
  void everyColourBecomesReadable() {
    Random random = new Random(146);
    for (int i = 0; i < 500; i++) {
      String accent = String.format("#%06x", random.nextInt(1 << 24));
      Matcher colours = COLOURS.matcher(css(accent));
      for (int ground : List.of(0xf0f2f5, 0x222a35)) {
        assertThat(colours.find()).isTrue();
        int colour = Integer.parseInt(colours.group(1), 16);
        for (int other :
            List.of(
                ground,
                Integer.parseInt(colours.group(2), 16),
                Integer.parseInt(colours.group(3), 16))) {
          assertThat(PortalTheme.contrast(colour, other)).as(accent).isGreaterThanOrEqualTo(4.5);
        }
      }
    }
  }

  @Test
  void aReadableColourStaysAsItIs() {
    assertThat(css("#6122e7")).contains("--accent: #6122e7; --accent-text: #ffffff");
  }

  private static String css(String accent) {
    PortalTheme theme =
        PortalTheme.of(
            new PortalSettings(
                true, List.of(), "", PortalSettings.PayloadView.FULL, List.of(), accent, ""));
    ConsoleRequest request =
        new ConsoleRequest("GET", theme.path(), "", Map.of(), Payload.empty(), "", false, false);
    return theme.reply(request).orElseThrow().body().text();
  }
}
