package dev.hookferry.http.console.theme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hookferry.event.Payload;
import dev.hookferry.http.console.frame.ConsoleRequest;
import dev.hookferry.site.PortalSettings;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortalThemeTest {
  private static final int WHITE = 0xffffff;
  private static final int DARKEST_TEXT = 0x222a35;

  @Test
  void everyPairOfEveryColourBecomesReadable() {
    Random random = new Random(146);
    for (int i = 0; i < 500; i++) {
      String accent = String.format("#%06x", random.nextInt(1 << 24));
      List<AccentColours> both = PortalTheme.colours(accent);
      assertThat(both).hasSize(2);
      for (AccentColours one : both) {
        assertThat(one.contrast()).as(accent).isGreaterThanOrEqualTo(4.5);
        assertThat(one.textContrast()).as(accent).isGreaterThanOrEqualTo(4.5);
        assertThat(one.hover()).as(accent).isNotEqualTo(one.accent());
      }
      assertThat(AccentColours.contrast(both.get(0).accent(), WHITE)).isGreaterThanOrEqualTo(4.5);
      assertThat(AccentColours.contrast(both.get(1).accent(), DARKEST_TEXT))
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  @Test
  void aReadableColourStaysAsItIs() {
    AccentColours light = PortalTheme.colours("#6122e7").get(0);
    assertThat(light.accent()).isEqualTo(0x6122e7);
    assertThat(light.advice()).isEmpty();
    assertThat(css("#6122e7")).contains("--accent: light-dark(#6122e7, ", "--accent-text: light-");
  }

  @Test
  void adjustedColourKeepsItsHueAndIsReported() {
    AccentColours light = PortalTheme.colours("#ffee00").get(0);
    assertThat(Oklch.of(light.accent()).hue()).isCloseTo(Oklch.of(0xffee00).hue(), within(0.02));
    assertThat(light.advice())
        .contains("On light pages, the accent is darkened to " + AccentColours.css(light.accent()))
        .contains("#ffee00 has a contrast of 1.");
    assertThat(PortalTheme.colours("#6122e7").get(1).advice())
        .startsWith("On dark pages, the accent is lightened to #9384ff (4.5:1) to stay readable");
    assertThat(PortalTheme.colours("#ffee00").get(1).advice()).isEmpty();
  }

  @Test
  void oklchComesBackAsItWas() {
    Random random = new Random(150);
    for (int i = 0; i < 2_000; i++) {
      int rgb = random.nextInt(1 << 24);
      assertThat(Oklch.of(rgb).rgb()).isEqualTo(rgb);
    }
    Oklch red = Oklch.of(0xff0000);
    assertThat(red.lightness()).isCloseTo(0.628, within(0.001));
    assertThat(red.chroma()).isCloseTo(0.2577, within(0.001));
    assertThat(Math.toDegrees(red.hue())).isCloseTo(29.23, within(0.1));
  }

  private static String css(String accent) {
    PortalTheme theme =
        PortalTheme.of(
            new PortalSettings(
                true,
                List.of(),
                "",
                PortalSettings.PayloadView.FULL,
                List.of(),
                Map.of(),
                accent,
                "",
                Map.of(),
                Map.of()));
    ConsoleRequest request =
        new ConsoleRequest(
            "GET", theme.path(), "", Map.of(), Payload.empty(), "", "", false, false);
    return theme.reply(request).orElseThrow().body().text();
  }
}
