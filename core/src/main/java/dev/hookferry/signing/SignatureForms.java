package dev.hookferry.signing;

import dev.hookferry.signing.SignatureForm.Companion;
import dev.hookferry.signing.SignatureForm.Digest;
import dev.hookferry.signing.SignatureForm.Order;
import dev.hookferry.signing.SignatureForm.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms of all profiles, taken from the vendors' documentation and from captured requests. */
final class SignatureForms {
  private static final String SHA256 = "HmacSHA256";
  private static final Traits TEXT_KEY = new Traits(false, Order.NEWEST_FIRST, false);
  private static final Traits DECODED_KEY = new Traits(true, Order.NEWEST_FIRST, false);

  private SignatureForms() {}

  static SignatureForm of(Signature signature) {
    return switch (signature.profile()) {
      case QLM ->
          // Only the header name is used; the hash is not an HMAC.
          new SignatureForm(QlmSignature.HEADER, TEXT_KEY, List.of(), List.of());
      case ED25519 ->
          // Only the header name is used; the signature is not an HMAC.
          new SignatureForm(StandardSignature.HEADER, TEXT_KEY, List.of(), List.of());
      case HTTP_MESSAGE_SIGNATURES ->
          // Only the header names are used; the signature covers more than the body.
          new SignatureForm(
              HttpMessageSignature.HEADER,
              DECODED_KEY,
              List.of(),
              List.of(
                  new Companion(HttpMessageSignature.INPUT, ""),
                  new Companion(HttpMessageSignature.DIGEST, "")));
      case STANDARD ->
          new SignatureForm(StandardSignature.HEADER, DECODED_KEY, List.of(standard()), List.of());
      case CONVOY -> convoy(signature);
      case OUTPOST -> outpost(signature);
      case HOOK0 -> hook0(signature);
      case CUSTOM -> custom(signature);
      case SVIX, GITHUB, STRIPE, SHOPIFY, SLACK, WEBHOOKX -> ofVendor(signature.profile());
    };
  }

  private static SignatureForm ofVendor(SignatureProfile profile) {
    return switch (profile) {
      case SVIX ->
          form(
              "svix-signature",
              new Traits(true, Order.NEWEST_THEN_OLDEST, false),
              standard(),
              new Companion("svix-id", "{id}"),
              new Companion("svix-timestamp", "{t}"));
      case GITHUB ->
          form(
              "X-Hub-Signature-256",
              TEXT_KEY,
              hex("sha256=", null, ""),
              new Companion("X-GitHub-Event", "{type}"),
              new Companion("X-GitHub-Delivery", "{id}"));
      case STRIPE -> form("Stripe-Signature", TEXT_KEY, hex("t={t},v1=", ",v1=", "{t}."));
      case SHOPIFY ->
          form(
              "X-Shopify-Hmac-SHA256",
              TEXT_KEY,
              new Digest("", null, "", false, SHA256, true),
              new Companion("X-Shopify-Topic", "{type}"),
              new Companion("X-Shopify-Webhook-Id", "{id}"),
              new Companion("X-Shopify-Event-Id", "{id}"));
      case SLACK ->
          form(
              "X-Slack-Signature",
              TEXT_KEY,
              hex("v0=", null, "v0:{t}:"),
              new Companion("X-Slack-Request-Timestamp", "{t}"));
      case WEBHOOKX -> webhookx();
      default -> throw new IllegalArgumentException(profile + " has options");
    };
  }

  private static SignatureForm webhookx() {
    return form(
        "Webhookx-Signature",
        TEXT_KEY,
        hex("v1=", null, "{t}."),
        new Companion("Webhookx-Event-Id", "{id}"),
        new Companion("Webhookx-Delivery-Id", "{delivery}-{attempt}"),
        new Companion("Webhookx-Timestamp", "{t}"));
  }

  private static SignatureForm form(
      String header, Traits traits, Digest digest, Companion... companions) {
    return new SignatureForm(header, traits, List.of(digest), List.of(companions));
  }

  private static Digest standard() {
    String version = SignatureForm.HMAC_VERSION;
    return new Digest(version, " " + version, "{id}.{t}.", false, SHA256, true);
  }

  private static Digest hex(String before, @Nullable String between, String text) {
    return new Digest(before, between, text, false, SHA256, false);
  }

  private static String algorithm(String option) {
    return "HmacSHA" + option.substring(option.indexOf("sha") + 3);
  }

  private static SignatureForm custom(Signature signature) {
    String text =
        switch (signature.option("content", "body")) {
          case "timestamp.body" -> "{t}.";
          case "id.timestamp.body" -> "{id}.{t}.";
          default -> "";
        };
    boolean isDecoded = signature.option("key", "text").equals("base64");
    return form(
        signature.option("header", ""),
        isDecoded ? DECODED_KEY : TEXT_KEY,
        new Digest(
            literal(signature.option("prefix", "")),
            null,
            text,
            false,
            algorithm(signature.option("algorithm", "hmac-sha256")),
            signature.option("encoding", "hex").equals("base64")));
  }

  /** Escapes braces in a prefix, so that they are not treated as placeholders. */
  private static String literal(String prefix) {
    return prefix.replace("{", "{open}");
  }

  private static SignatureForm convoy(Signature signature) {
    boolean isAdvanced = signature.option("mode", "simple").equals("advanced");
    String[] versions = signature.option("versions", "sha256-hex").split(",", -1);
    List<Digest> digests = new ArrayList<>();
    for (int i = 0; i < versions.length; i++) {
      String label = "v" + (i + 1) + "=";
      String algorithm = algorithm(versions[i].substring(0, versions[i].indexOf('-')));
      boolean isBase64 = versions[i].endsWith("base64");
      if (isAdvanced) {
        String before = (i == 0 ? "t={t}," : ",") + label;
        digests.add(new Digest(before, "," + label, "{t},", true, algorithm, isBase64));
      } else if (i == versions.length - 1) {
        digests.add(new Digest("", null, "", true, algorithm, isBase64));
      }
    }
    return new SignatureForm(
        signature.option("header", "X-Convoy-Signature"),
        new Traits(false, isAdvanced ? Order.OLDEST_FIRST : Order.NEWEST_FIRST, false),
        digests,
        List.of());
  }

  private static SignatureForm outpost(Signature signature) {
    boolean isStandard = signature.option("mode", "default").equals("standard");
    String start = signature.option("headerPrefix", isStandard ? "Webhook-" : "X-Outpost-");
    List<Companion> companions = new ArrayList<>();
    add(companions, signature.option("idHeader", start + (isStandard ? "Id" : "Event-Id")), "{id}");
    add(
        companions,
        signature.option("timestampHeader", start + "Timestamp"),
        isStandard ? "{t}" : "{time}");
    add(companions, signature.option("typeHeader", start + "Topic"), "{type}");
    return new SignatureForm(
        signature.option("header", start + "Signature"),
        new Traits(isStandard, Order.NEWEST_FIRST, true),
        List.of(isStandard ? standard() : outpostDigest(signature)),
        companions);
  }

  private static void add(List<Companion> companions, String name, String value) {
    if (!name.isEmpty()) {
      companions.add(new Companion(name, value));
    }
  }

  private static Digest outpostDigest(Signature signature) {
    String content = signature.option("content", "body");
    String before = "v0=";
    String between = ",";
    String text = "";
    if (content.equals("timestamp.body")) {
      before = "t={t},v0=";
      text = "{t}.";
    } else if (content.equals("id.type.timestamp.body")) {
      before = "t={t},v1=";
      between = ",v1=";
      text = "{id}.{type}.{t}.";
    }
    String prefix = signature.options().get("prefix");
    return new Digest(
        prefix == null ? before : literal(prefix),
        prefix == null ? between : null,
        text,
        false,
        algorithm(signature.option("algorithm", "hmac-sha256")),
        signature.option("encoding", "hex").equals("base64"));
  }

  private static SignatureForm hook0(Signature signature) {
    String mode = signature.option("mode", "v1");
    List<Digest> digests = new ArrayList<>();
    if (mode.startsWith("v0")) {
      digests.add(hex("t={t},v0=", null, "{t}."));
    }
    if (mode.endsWith("v1")) {
      String before = (digests.isEmpty() ? "t={t}" : "") + ",h={names},v1=";
      digests.add(hex(before, null, "{t}.{names}.{values}."));
    }
    return new SignatureForm(
        signature.option("header", "x-hook0-signature").toLowerCase(Locale.ROOT),
        TEXT_KEY,
        digests,
        List.of(new Companion("x-event-id", "{id}"), new Companion("x-event-type", "{type}")));
  }
}
