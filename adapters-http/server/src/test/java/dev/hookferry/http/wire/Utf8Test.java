package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  /** The last of three bytes: what begins and ends every range that the tables know. */
  private static final byte[] EDGES =
      HexFormat.of().parseHex("00417f8081" + "8f909fa0bf" + "c0c2e0edf0f4ff");

  @Test
  void agreesWithTheStrictDecoderOnEveryPairOfBytesAndAThird() {
    byte[] bytes = new byte[3];
    for (int i = 0x8000; i < 1 << 16; i++) {
      bytes[0] = (byte) (i >> 8);
      bytes[1] = (byte) i;
      for (byte edge : EDGES) {
        bytes[2] = edge;
        if (Utf8.isValid(bytes) != isDecodable(bytes)) {
          assertThat(Utf8.isValid(bytes)).as("%04x%02x", i, edge).isEqualTo(isDecodable(bytes));
        }
      }
    }
  }

  @Test
  void agreesOnFourBytesAndWhatIsAroundThem() {
    Random random = new Random(1);
    for (int i = 0; i < 500_000; i++) {
      byte[] bytes = new byte[4 + random.nextInt(3)];
      random.nextBytes(bytes);
      bytes[0] = (byte) (0xf0 + random.nextInt(6));
      for (int j = 1; j < 4 && random.nextInt(9) > 0; j++) {
        bytes[j] = (byte) (0x80 + random.nextInt(0x40));
      }
      assertThat(Utf8.isValid(bytes)).isEqualTo(isDecodable(bytes));
    }
  }

  @Test
  void namesTheFirstFault() {
    assertThat(Utf8.firstFault(new byte[] {'a', (byte) 0xc3, (byte) 0xa9, (byte) 0xff, 'b'}))
        .isEqualTo(3);
    assertThat(Utf8.firstFault("Zoë 😀".getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
    assertThat(Utf8.firstFault(new byte[0])).isEqualTo(-1);
  }

  private static boolean isDecodable(byte[] bytes) {
    CharBuffer out = CharBuffer.allocate(bytes.length);
    return !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), out, true).isError();
  }
}
