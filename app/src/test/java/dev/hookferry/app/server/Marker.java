package dev.hookferry.app.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Searches all output of a server for secrets. */
final class Marker {
  private final Map<String, String> outputs = new LinkedHashMap<>();
  private final Set<String> secrets = new LinkedHashSet<>();

  /** A secret as it is, in hexadecimal, base64 and URL-encoded. */
  static List<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withUpperCase().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        URLEncoder.encode(secret, StandardCharsets.UTF_8));
  }

  /** Nothing may hold this. */
  String secret(String text) {
    secrets.add(text);
    return text;
  }

  /** Something that came out. */
  void output(String name, String text) {
    outputs.merge(name, text, String::concat);
  }

  /** All output under a name. */
  String output(String name) {
    return outputs.getOrDefault(name, "");
  }

  /** Where a secret was found, and in which form. */
  List<String> findings() {
    List<String> found = new ArrayList<>();
    outputs.forEach(
        (name, text) ->
            secrets.forEach(
                secret ->
                    forms(secret).stream()
                        .filter(text::contains)
                        .forEach(form -> found.add(name + " holds " + form))));
    return found;
  }
}
