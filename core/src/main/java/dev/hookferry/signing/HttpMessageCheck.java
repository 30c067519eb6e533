package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureVerifier.Finding;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Verifies the HTTP Message Signature of a message, on the receiver's side. */
final class HttpMessageCheck {
  private static final Pattern INPUT =
      Pattern.compile(
          "([a-z*][a-z0-9_.*-]*)=(\\(([^)]*)\\)"
              + "((?:;[a-z*][a-z0-9_.*-]*(?:=(?:\"[^\"]*\"|[^,;\\s]+))?)*))");

  private static final Pattern SIGNATURE =
      Pattern.compile("([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):");

  private static final Pattern CREATED = Pattern.compile(";created=([0-9]+)");
  private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");

  private final SignatureVerifier verifier;
  private final Map<String, String> headers;
  private final String secret;
  private String absent = "";

  /**
   * Prepares a check.
   *
   * @param headers the message's headers, with names in lower case, and {@code @target-uri}
   * @param secret {@code whsec_…}, or the public key {@code whpk_…}
   */
  HttpMessageCheck(SignatureVerifier verifier, Map<String, String> headers, String secret) {
    this.verifier = verifier;
    this.headers = headers;
    this.secret = secret;
  }

  /**
   * Verifies the signatures. Returns {@code VALID} if one is valid, otherwise the finding for the
   * last one.
   */
  Finding check(Payload body) {
    String input = headers.get(HttpMessageSignature.INPUT.toLowerCase(Locale.ROOT));
    String given = headers.get(HttpMessageSignature.HEADER.toLowerCase(Locale.ROOT));
    if (input == null || given == null) {
      absent = Mismatch.absent(headers, HttpMessageSignature.INPUT, HttpMessageSignature.HEADER);
      return Finding.MISSING_HEADER;
    }
    Map<String, String> signatures = new LinkedHashMap<>();
    Matcher signature = SIGNATURE.matcher(given);
    while (signature.find()) {
      signatures.put(signature.group(1), signature.group(2));
    }
    Finding finding = Finding.NO_MATCH;
    Matcher one = INPUT.matcher(input);
    while (one.find() && finding != Finding.VALID) {
      String value = signatures.get(one.group(1));
      if (value != null) {
        finding = check(one.group(2), one.group(3), value, body);
      }
    }
    return finding;
  }

  /** Explains which header was missing in the last check; empty if none was. */
  String absent() {
    return absent;
  }

  private Finding check(String params, String covered, String signature, Payload body) {
    Matcher created = CREATED.matcher(params);
    if (created.find()) {
      Finding untimely = verifier.untimely(created.group(1));
      if (untimely != null) {
        return untimely;
      }
    }
    Map<String, String> components = new LinkedHashMap<>();
    Matcher name = NAME.matcher(covered);
    while (name.find()) {
      String value = component(name.group(1));
      if (value == null) {
        absent =
            "the message has no "
                + name.group(1)
                + ", which "
                + HttpMessageSignature.INPUT
                + " covers";
        return Finding.MISSING_HEADER;
      }
      components.put(name.group(1), value);
    }
    String digest = components.get("content-digest");
    if (digest == null || !SignatureVerifier.same(HttpMessageSignature.digest(body), digest)) {
      return Finding.NO_MATCH;
    }
    return matches(HttpMessageSignature.base(components, params), signature)
        ? Finding.VALID
        : Finding.NO_MATCH;
  }

  private boolean matches(String base, String signature) {
    if (Ed25519Key.isPublicKey(secret)) {
      return Ed25519Key.verifies(secret, Ed25519Key.VERSION + signature, base, Payload.empty());
    }
    SigningKey key = new SigningKey(SigningSecret.of(secret));
    return SignatureVerifier.same(HttpMessageSignature.hmac(key, base), signature);
  }

  private @Nullable String component(String name) {
    if (!name.startsWith("@")) {
      return headers.get(name);
    }
    String target = headers.get(HttpMessageSignature.TARGET);
    if (name.equals("@method")) {
      return "POST";
    }
    if (target == null || name.equals(HttpMessageSignature.TARGET)) {
      return target;
    }
    URI uri = URI.create(target);
    return switch (name) {
      case "@authority" -> uri.getRawAuthority();
      case "@path" -> uri.getRawPath();
      case "@scheme" -> uri.getScheme();
      default -> null;
    };
  }
}
