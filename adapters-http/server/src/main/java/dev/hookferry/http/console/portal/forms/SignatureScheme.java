package dev.hookferry.http.console.portal.forms;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.text.ReceiverSnippets;
import dev.hookferry.http.console.text.ReceiverSnippets.Snippet;
import dev.hookferry.http.words.Words;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.Signature;
import dev.hookferry.site.SiteSettings;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Code that verifies one kind of signature. */
public record SignatureScheme(String title, List<Snippet> snippets) {
  /** Returns code for the signatures that requests carry; for QLM only if there is a key. */
  public static List<SignatureScheme> of(
      Endpoint endpoint, SiteSettings site, Words words, Instant now) {
    boolean hasQlm = endpoint.signing().qlmSecret() != null || site.secretKey() != null;
    boolean isKeyPair = endpoint.signing().secretType() == SecretType.ED25519;
    Set<String> used = new HashSet<>();
    for (Signature signature : endpoint.signing().signatures()) {
      if (signature.isActive(now)) {
        switch (signature.profile()) {
          case QLM -> {
            if (hasQlm) {
              used.add(ReceiverSnippets.QLM);
            }
          }
          case STANDARD -> used.add(isKeyPair ? ReceiverSnippets.KEYS : ReceiverSnippets.STANDARD);
          case ED25519 -> used.add(ReceiverSnippets.KEYS);
          default -> {
            // The receiver already uses the library of the sender that this profile imitates.
          }
        }
      }
    }
    return ReceiverSnippets.schemes().stream()
        .filter(used::contains)
        .map(
            scheme ->
                new SignatureScheme(
                    scheme.equals(ReceiverSnippets.KEYS) ? words.text("verify.keys") : scheme,
                    ReceiverSnippets.of(scheme)))
        .toList();
  }
}
