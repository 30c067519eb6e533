package dev.hookferry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.ResponseHeaders.Header;
import org.junit.jupiter.api.Test;

class ResponseHeadersTest {
  @Test
  void areParsedOneByOne() {
    assertThat(new ResponseHeaders("Date: now\nX: a: b\nx:\nodd").list())
        .containsExactly(
            new Header("Date", "now"),
            new Header("X", "a: b"),
            new Header("x", ""),
            new Header("odd", ""));
    assertThat(ResponseHeaders.NONE.list()).isEmpty();
    assertThat(ResponseHeaders.NONE.isEmpty()).isTrue();
  }

  /** A receiver's text must not become further lines, and every log must be able to keep it. */
  @Test
  void containNoControlCharactersExceptLineFeeds() {
    assertThat(new ResponseHeaders("a: \u0000\r\nb: \ud800\u0085").text())
        .isEqualTo("a: \ufffd\ufffd\nb: \ufffd\ufffd");
  }

  @Test
  void areTruncatedToTheLimit() {
    String full = "x".repeat(ResponseHeaders.MAX);

    assertThat(new ResponseHeaders(full + "y").text()).isEqualTo(full);
    assertThat(new ResponseHeaders(full).isCut()).isTrue();
    assertThat(new ResponseHeaders(full.substring(2)).isCut()).isFalse();
    ResponseHeaders atAPair = new ResponseHeaders(full.substring(1) + "😀");
    assertThat(atAPair.text()).isEqualTo(full.substring(1));
    assertThat(atAPair.isCut()).isTrue();
  }
}
