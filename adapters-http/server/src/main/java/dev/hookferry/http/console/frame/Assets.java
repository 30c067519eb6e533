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
 * Static files in the jar. Their path contains a hash of all files, so browsers may cache them
 * forever.
 */
public final class Assets {
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("console.css", CSS),
          Map.entry("console.js", SCRIPT),
          Map.entry("lists.css", CSS),
          Map.entry("lists.js", SCRIPT),
          Map.entry("times.js", SCRIPT),
          Map.entry("endpoints.css", CSS),
          Map.entry("endpoints.js", SCRIPT),
          Map.entry("navigation.css", CSS),
          Map.entry("navigation.js", SCRIPT),
          Map.entry("portal.css", CSS),
          Map.entry("portal.js", SCRIPT),
          Map.entry("element.js", SCRIPT),
          Map.entry("theme.js", SCRIPT),
          Map.entry("icon.svg", "image/svg+xml"),
          Map.entry("webhooks.svg", "image/svg+xml"));
  private static final Map<String, byte[]> FILES = read();
  private static final Map<String, byte[]> COMPRESSED = compressed();

  /** Path prefix of all assets. */
  public static final String PATH = "/assets/" + hash();

  private static final int SHOWN = 8;

  private Assets() {}

  /** Returns the requested file, if it exists, compressed if the browser accepts it. */
  public static Optional<ConsoleReply> of(ConsoleRequest request) {
    return of(request, "");
  }

  /** Returns the requested file below a prefix, for proxies that forward only that prefix. */
  public static Optional<ConsoleReply> of(ConsoleRequest request, String prefix) {
    String path = request.path();
    String start = prefix + PATH + "/";
    if (!path.startsWith(start)) {
      return Optional.empty();
    }
    String name = path.substring(start.length());
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

  /** Returns a file with a fixed URL that pages of any origin may load. */
  public static ConsoleReply forEveryone(String name) {
    return ConsoleReply.of(
            200, Objects.requireNonNull(TYPES.get(name)), Objects.requireNonNull(FILES.get(name)))
        .with("Cache-Control", "public, max-age=3600")
        .with("Cross-Origin-Resource-Policy", "cross-origin")
        .with("X-Content-Type-Options", "nosniff");
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
