package dev.hookferry.http.console.portal.forms;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.words.Words;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SignatureProfile;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Texts about request signatures, in a customer's language. */
public final class SignatureWords {
  /** The signatures that can be identified by the format of the secret. */
  public static final Set<SignatureProfile> BY_SECRET =
      Set.of(SignatureProfile.STANDARD, SignatureProfile.QLM, SignatureProfile.ED25519);

  private static final String KEY_SIGNATURE = "v1a,";

  private SignatureWords() {}

  /** Returns whether a secret's format determines which of the endpoint's signatures it creates. */
  public static boolean isByPrefix(Endpoint endpoint) {
    return endpoint.signing().signatures().stream()
        .map(Signature::profile)
        .allMatch(BY_SECRET::contains);
  }

  /** Returns whether requests to an endpoint are signed with a QLM key. */
  public static boolean usesQlm(Endpoint endpoint, SiteSettings site) {
    boolean hasKey = endpoint.signing().qlmSecret() != null || site.secretKey() != null;
    return hasKey
        && endpoint.signing().signatures().stream()
            .anyMatch(one -> one.profile() == SignatureProfile.QLM);
  }

  /** Explains how each signature of a request was computed. */
  public static List<String> of(SentRequest sent, Endpoint endpoint, Attempt attempt, Words words) {
    List<String> lines = new ArrayList<>();
    for (SignedRequest.Header header : sent.headers()) {
      if (header.name().equals(QlmSignature.HEADER)) {
        lines.add(words.text("signature.qlm", header.name(), sent.body().size()));
      } else if (header.name().equals(StandardSignature.HEADER)) {
        lines.add(standard(header.value(), words));
      }
    }
    for (Signature signature : endpoint.signing().signatures()) {
      String header = signature.headers().get(0);
      if (has(sent, header) && !BY_SECRET.contains(signature.profile())) {
        lines.add(words.text("signature.profile", header, signature.profile().code()));
      }
    }
    if (!endpoint.knowsSecretsAt(attempt.startedAt())) {
      lines.add(words.text("signature.forgotten"));
    }
    lines.add(words.text(lines.isEmpty() ? "signature.none" : "signature.current"));
    return lines;
  }

  private static String standard(String value, Words words) {
    String[] all = value.split(" ", -1);
    boolean isKey = all[0].startsWith(KEY_SIGNATURE);
    String how = words.text(isKey ? "signature.key" : "signature.standard");
    return all.length == 1 ? how : how + " " + words.text("signature.several", all.length);
  }

  private static boolean has(SentRequest sent, String header) {
    return sent.headers().stream().anyMatch(one -> one.name().equals(header));
  }
}
