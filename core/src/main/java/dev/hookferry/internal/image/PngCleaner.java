package dev.hookferry.internal.image;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Sanitizer for PNG files: validates the file and rewrites it with only the chunks that make up the
 * image. Drops metadata, such as where a photo was taken, and trailing bytes.
 */
public final class PngCleaner {
  /** Maximum width and height in pixels; limited because browsers decode every pixel. */
  public static final int MAX_SIDE = 2_048;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER = 13;
  private static final Set<String> KEPT =
      Set.of("IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND");

  /** Samples per pixel, by colour type. */
  private static final Map<Integer, Integer> SAMPLES = Map.of(0, 1, 2, 3, 3, 1, 4, 2, 6, 4);

  private static final Map<Integer, Set<Integer>> DEPTHS =
      Map.of(
          0, Set.of(1, 2, 4, 8, 16),
          2, Set.of(8, 16),
          3, Set.of(1, 2, 4, 8),
          4, Set.of(8, 16),
          6, Set.of(8, 16));

  /** The passes of an interlaced image: first column, first row, column step, row step. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final List<Chunk> chunks = new ArrayList<>();

  private PngCleaner() {}

  /** A chunk of the file: its type, and the bytes of the type and the data. */
  private record Chunk(String type, Payload named) {
    byte[] data() {
      return named.unsafeBytes();
    }
  }

  private record Header(int width, int height, int bitsOfPixel, boolean interlaced) {}

  /** Returns whether a file begins with the PNG signature. */
  public static boolean isPng(byte[] file) {
    return file.length >= SIGNATURE.length
        && ByteBuffer.wrap(file, 0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE));
  }

  /**
   * Returns the sanitized image of a file for which {@link #isPng} is true.
   *
   * @throws InvalidException if it is damaged or too large
   */
  public static CleanedImage clean(byte[] file) {
    PngCleaner png = new PngCleaner();
    png.read(ByteBuffer.wrap(file).position(SIGNATURE.length));
    Header header = png.header();
    png.checkPixels(header);
    return CleanedImage.of(png.written(), header.width, header.height, List.of());
  }

  private static InvalidException damaged(String explanation) {
    return InvalidException.of("image", "is a damaged PNG: " + explanation + "; export it again");
  }

  private void read(ByteBuffer file) {
    String type = "";
    while (!type.equals("IEND")) {
      if (file.remaining() < 12) {
        throw damaged("it ends before its end mark");
      }
      int length = file.getInt();
      if (length < 0 || length > file.remaining() - 8) {
        throw damaged("a part is longer than the file");
      }
      byte[] named = new byte[4 + length];
      file.get(named);
      CRC32 sum = new CRC32();
      sum.update(named);
      if ((int) sum.getValue() != file.getInt()) {
        throw damaged("a checksum is wrong");
      }
      type = new String(named, 0, 4, StandardCharsets.ISO_8859_1);
      if (KEPT.contains(type)) {
        chunks.add(new Chunk(type, Payload.wrap(named)));
      } else if (Character.isUpperCase(type.charAt(0))) {
        throw damaged("it has a chunk that is unknown in a PNG");
      }
    }
  }

  private Header header() {
    Chunk first = chunks.get(0);
    long headers = chunks.stream().filter(chunk -> chunk.type.equals("IHDR")).count();
    if (!first.type.equals("IHDR") || first.data().length != 4 + HEADER || headers > 1) {
      throw damaged("it does not begin with its one header");
    }
    ByteBuffer data = ByteBuffer.wrap(first.data()).position(4);
    int width = data.getInt();
    int height = data.getInt();
    int depth = data.get();
    int colour = data.get();
    int compressionAndFilter = data.getShort();
    int interlace = data.get();
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw InvalidException.of(
          "image",
          "must have 1 to "
              + MAX_SIDE
              + " pixels in each direction (got "
              + Integer.toUnsignedString(width)
              + " × "
              + Integer.toUnsignedString(height)
              + ")");
    }
    if (compressionAndFilter != 0
        || !DEPTHS.getOrDefault(colour, Set.of()).contains(depth)
        || interlace < 0
        || interlace > 1
        || (colour == 3 && chunks.stream().noneMatch(chunk -> chunk.type.equals("PLTE")))) {
      throw damaged("its header is contradictory");
    }
    return new Header(width, height, depth * SAMPLES.getOrDefault(colour, 1), interlace == 1);
  }

  /** Inflates the pixel data and checks that its size is exactly as declared in the header. */
  private void checkPixels(Header header) {
    Inflater inflater = new Inflater();
    long found = 0;
    try {
      byte[] buffer = new byte[16 * 1024];
      for (Chunk chunk : chunks) {
        if (chunk.type.equals("IDAT")) {
          inflater.setInput(chunk.data(), 4, chunk.data().length - 4);
          for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
            found += n;
          }
        }
      }
    } catch (DataFormatException e) {
      throw damaged("its pixels cannot be read");
    } finally {
      inflater.end();
    }
    if (found != size(header)) {
      throw damaged("its pixel data does not match the size in its header");
    }
  }

  private static long size(Header header) {
    if (!header.interlaced) {
      return bytes(header.width, header.height, header.bitsOfPixel);
    }
    long all = 0;
    for (int[] pass : PASSES) {
      int columns = Math.max(0, (header.width - pass[0] + pass[2] - 1) / pass[2]);
      int rows = Math.max(0, (header.height - pass[1] + pass[3] - 1) / pass[3]);
      all += columns == 0 ? 0 : bytes(columns, rows, header.bitsOfPixel);
    }
    return all;
  }

  private static long bytes(long columns, long rows, long bitsOfPixel) {
    return rows * (1 + (columns * bitsOfPixel + 7) / 8);
  }

  private byte[] written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    for (Chunk chunk : chunks) {
      CRC32 sum = new CRC32();
      sum.update(chunk.data());
      out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.data().length - 4).array());
      out.writeBytes(chunk.data());
      out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
    return out.toByteArray();
  }
}
