package dev.hookferry.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.20.0.0/16, 10.20.255.255, true",
    "10.20.0.0/16, 10.21.0.0, false",
    "10.20.0.0/15, 10.21.0.0, true",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, ::1, false",
    "1.2.3.4/32, 1.2.3.4, true",
    "1.2.3.4/32, 1.2.3.5, false",
    "fd00:12::/32, fd00:12:ffff::1, true",
    "fd00:12::/32, fd00:13::1, false",
    "::/0, fe80::1, true",
    "::/0, 1.2.3.4, false",
  })
  void containsAddressesWithItsPrefix(String network, String address, boolean contained)
      throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address)))
        .isEqualTo(contained);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/08",
        "10.0.0.1/8",
        "10/8",
        "fe80::/129",
        "::ffff:10.0.0.0/104",
        "localhost/8",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "fd00::1/64"
      })
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("must be a network such as 10.20.0.0/16")
        .hasMessageEndingWith(" (got " + text + ")");
  }

  @Test
  void hasValueEquality() {
    assertThat(Network.parse("10.0.0.0/8"))
        .isEqualTo(Network.parse("10.0.0.0/8"))
        .hasSameHashCodeAs(Network.parse("10.0.0.0/8"))
        .isNotEqualTo(Network.parse("10.0.0.0/9"))
        .hasToString("10.0.0.0/8");
  }
}
