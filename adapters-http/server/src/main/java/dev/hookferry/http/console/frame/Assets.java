package dev.hookferry.http.console.frame;

import dev.hookferry.http.wire.Gzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The static files in the jar. Their path contains a hash of all of them, so browsers may cache
 * them forever.
 */
public final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "lists.css", "text/css; charset=utf-8",
          "lists.js", "text/javascript; charset=utf-8",
          "endpoints.css", "text/css; charset=utf-8",
          "endpoints.js", "text/javascript; charset=utf-8",
          "navigation.css", "text/css; charset=utf-8",
          "navigation.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");
  private static final Map<String, byte[]> FILES = read();
  private static final Map<String, byte[]> COMPRESSED = compressed();

  /** Path prefix of all assets. */
  public static final String PATH = "/assets/" + hash();

  private static final int SHOWN = 8;

  private Assets() {}

  /** Returns the file that is requested, if there is one; compressed if the browser accepts it. */
  public static Optional<ConsoleReply> of(ConsoleRequest request) {
    String path = request.path();
    if (!path.startsWith(PATH + "/")) {
      return Optional.empty();
    }
    String name = path.substring(PATH.length() + 1);
    boolean zipped = request.acceptsGzip();
    byte[] file = (zipped ? COMPRESSED : FILES).get(name);
    if (file == null) {
      return Optional.empty();
    }
    ConsoleReply reply =
        ConsoleReply.of(200, Objects.requireNonNull(TYPES.get(name)), file)
            .with("Cache-Control", "public, max-age=31536000, immutable")
            .with("Vary", "Accept-Encoding");
    return Optional.of(zipped ? reply.with("Content-Encoding", "gzip") : reply);
  }

  private static Map<String, byte[]> compressed() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    FILES.forEach((name, file) -> files.put(name, Gzip.compressed(file)));
    return files;
  }

  private static Map<String, byte[]> read() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    TYPES.keySet().stream().sorted().forEach(name -> files.put(name, read(name)));
    return files;
  }

  private static byte[] read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is missing from the jar or unreadable", e);
    }
  }

  private static String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      FILES.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest(), 0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
