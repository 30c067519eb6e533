package dev.hookferry.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngCleanerTest {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] END = chunk("IEND", new byte[0]);

  private static byte[] chunk(String type, byte[] data) {
    byte[] named = joined(type.getBytes(StandardCharsets.US_ASCII), data);
    CRC32 sum = new CRC32();
    sum.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(data.length)
        .put(named)
        .putInt((int) sum.getValue())
        .array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] header(int width, int height, int depth, int colour, int interlace) {
    byte[] more = {(byte) depth, (byte) colour, 0, 0, (byte) interlace};
    return chunk("IHDR", joined(ByteBuffer.allocate(8).putInt(width).putInt(height).array(), more));
  }

  private static byte[] pixels(int bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[bytes]);
    deflater.finish();
    byte[] buffer = new byte[bytes + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return chunk("IDAT", Arrays.copyOf(buffer, length));
  }

  /** A picture of 3 × 2 pixels in red, green and blue. */
  private static byte[] picture() {
    return joined(SIGNATURE, header(3, 2, 8, 2, 0), pixels(20), END);
  }

  @Test
  void aPictureStaysAsItIs() {
    CleanedImage image = PngCleaner.clean(picture());
    assertThat(image.content().toBytes()).isEqualTo(picture());
    assertThat(image.width()).isEqualTo(3);
    assertThat(image.height()).isEqualTo(2);
    assertThat(image.removed()).isEmpty();
  }

  @Test
  void metadataAndBytesAfterTheEndAreLeftOut() {
    byte[] page = "<script>evil()</script>PK\u0003\u0004".getBytes(StandardCharsets.US_ASCII);
    byte[] polyglot =
        joined(
            SIGNATURE,
            header(3, 2, 8, 2, 0),
            chunk("tEXt", page),
            chunk("eXIf", page),
            chunk("iCCP", page),
            pixels(20),
            END,
            page);
    assertThat(PngCleaner.clean(polyglot).content().toBytes()).isEqualTo(picture());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 4",
    "8, 6, 0, 26",
    "16, 6, 0, 50",
    "1, 0, 1, 8",
    "8, 2, 1, 22",
    "8, 4, 0, 14"
  })
  void everyKindOfPixelIsCounted(int depth, int colour, int interlace, int bytes) {
    byte[] head = header(3, 2, depth, colour, interlace);
    byte[] good = joined(SIGNATURE, head, pixels(bytes), END);
    assertThat(PngCleaner.clean(good).content().toBytes()).isEqualTo(good);
    for (int wrong : new int[] {bytes - 1, bytes + 1}) {
      assertThatThrownBy(() -> PngCleaner.clean(joined(SIGNATURE, head, pixels(wrong), END)))
          .hasMessageContaining("its pixel data does not match the size in its header");
    }
  }

  @ParameterizedTest
  @CsvSource({"2049, 1", "1, 2049", "0, 1", "1, 0", "-1, 1", "100000, 100000", "1, -2147483648"})
  void sidesAreLimited(int width, int height) {
    byte[] bomb = joined(SIGNATURE, header(width, height, 8, 2, 0), pixels(20), END);
    assertThatThrownBy(() -> PngCleaner.clean(bomb))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("image: must have 1 to 2048 pixels in each direction (got ");
  }

  @Test
  void aPaletteIsNeededAndKept() {
    byte[] head = header(3, 2, 8, 3, 0);
    byte[] good = joined(SIGNATURE, head, chunk("PLTE", new byte[6]), pixels(8), END);
    assertThat(PngCleaner.clean(good).content().toBytes()).isEqualTo(good);
    assertDamaged(joined(SIGNATURE, head, pixels(8), END));
  }

  @Test
  void damageIsRefused() {
    byte[] head = header(3, 2, 8, 2, 0);
    assertDamaged(joined(SIGNATURE, head, pixels(20)));
    assertDamaged(joined(SIGNATURE, pixels(20), END));
    assertDamaged(joined(SIGNATURE, END));
    assertDamaged(joined(SIGNATURE, head, END));
    assertDamaged(joined(SIGNATURE, head, head, pixels(20), END));
    assertDamaged(joined(SIGNATURE, head, chunk("IDAT", new byte[9]), END));
    assertDamaged(joined(SIGNATURE, head, chunk("EVIL", new byte[9]), pixels(20), END));
    assertDamaged(joined(SIGNATURE, header(3, 2, 3, 2, 0), pixels(20), END));
    assertDamaged(joined(SIGNATURE, header(3, 2, 8, 5, 0), pixels(20), END));
    assertDamaged(joined(SIGNATURE, header(3, 2, 8, 2, 2), pixels(20), END));
    assertDamaged(SIGNATURE);
  }

  private static void assertDamaged(byte[] file) {
    assertThatThrownBy(() -> PngCleaner.clean(file))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith("image: is a damaged PNG: ");
  }

  @Test
  void anyOtherByteIsNoticed() {
    Random random = new Random(164);
    for (int i = 0; i < 2_000; i++) {
      byte[] file = picture();
      file[SIGNATURE.length + random.nextInt(file.length - SIGNATURE.length)] ^=
          (byte) (1 + random.nextInt(255));
      assertThatThrownBy(() -> PngCleaner.clean(file)).isInstanceOf(InvalidException.class);
    }
  }
}
