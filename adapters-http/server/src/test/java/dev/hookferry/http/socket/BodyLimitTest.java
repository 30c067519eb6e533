package dev.hookferry.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
  private static String detail(BodyLimit limit, int most) {
    return new String(limit.tooLarge(most).reply().body(), StandardCharsets.UTF_8);
  }

  @Test
  void aLimitOfASmallHeapSaysSo() {
    BodyLimit small = BodyLimit.ofEvents(256 << 20);
    assertThat(detail(small, small.array()))
        .contains(
            "the body is too large: 6710886 bytes at most in a batch,"
                + " a fortieth of this server's heap; raise -Xmx");
    assertThat(detail(small, small.object())).contains("1048576 bytes at most\"");
  }

  @Test
  void otherLimitsDoNot() {
    BodyLimit large = BodyLimit.ofEvents(1L << 30);
    assertThat(detail(large, large.array())).contains("16777216 bytes at most\"");
    assertThat(detail(BodyLimit.OTHER, BodyLimit.OTHER.array()))
        .contains("1048576 bytes at most\"");
  }
}
