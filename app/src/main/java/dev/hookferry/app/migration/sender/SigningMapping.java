package dev.hookferry.app.migration.sender;

import dev.hookferry.app.migration.ImportNote.Kind;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Signature;
import dev.hookferry.signing.SigningSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the signature and the secrets of an endpoint as it is read. Not thread-safe. */
final class SigningMapping {
  private List<String> secrets = List.of();
  private Duration overlap = Duration.ofDays(1);
  private boolean isKeyPair;
  private @Nullable Signature signature;

  void use(Signature chosen) {
    signature = chosen;
  }

  void useKeyPair() {
    isKeyPair = chosen().acceptsKeyPair();
  }

  boolean isKeyPair() {
    return isKeyPair;
  }

  /** Returns the secrets, oldest first. */
  List<String> secrets() {
    return secrets;
  }

  /** Returns how long an older secret signs alongside the next. */
  Duration overlap() {
    return overlap;
  }

  /** Keeps the secrets that fit the signature; the last given one is the current one. */
  void secrets(EndpointMapping draft, List<String> texts, Duration maxOverlap) {
    overlap = maxOverlap;
    List<String> usable = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      boolean isCurrent = i == texts.size() - 1;
      if (isUsable(texts.get(i))) {
        usable.add(texts.get(i));
      } else if (isCurrent) {
        usable.clear();
        draft.incomplete(
            Kind.NO_COUNTERPART,
            "its secret, which is not in the form that "
                + chosen().profile().code()
                + " needs here; it gets a new one");
      } else {
        draft.note(Kind.NO_COUNTERPART, "an older secret, which is not in the form needed here");
      }
    }
    secrets = List.copyOf(usable);
  }

  private Signature chosen() {
    return Objects.requireNonNull(signature, "signature");
  }

  private boolean isUsable(String text) {
    try {
      SigningSecret secret = SigningSecret.of(text);
      Optional.ofNullable(signature).ifPresent(own -> own.requireFit(secret));
      return true;
    } catch (InvalidException e) {
      return false;
    }
  }
}
