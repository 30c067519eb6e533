package dev.hookferry.app.doctor;

import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Remedies for problems that prevent a server from starting, shared by failed starts and checks.
 */
public final class Remedies {
  static final String CERTIFICATE =
      "let listen.tls.cert name a certificate in PEM, and listen.tls.key its key";
  static final String MASTER_KEY =
      "give the server the master key that sealed the secrets, with secrets.masterKeyFile or"
          + " HOOKFERRY_MASTER_KEY";

  /** Remedies at the end of messages that are also shown elsewhere. */
  private static final Pattern NAMED =
      Pattern.compile("; ((?:run chmod |create it: |stop that process, ).*)$");

  private Remedies() {}

  /** Returns the remedy for a failure, as an imperative; empty if only a check can find it. */
  public static Optional<String> of(Throwable failure) {
    if (failure instanceof StoreException store) {
      return store.advice();
    }
    Matcher named = NAMED.matcher(String.valueOf(failure.getMessage()));
    if (named.find()) {
      return Optional.of(named.group(1));
    }
    if (failure instanceof MasterKeyException) {
      return Optional.of(MASTER_KEY);
    }
    if (failure instanceof UncheckedIOException io
        && String.valueOf(io.getMessage()).startsWith("cannot listen on ")) {
      return Optional.ofNullable(io.getCause()).map(Remedies::port);
    }
    return failure instanceof InvalidException invalid
            && invalid.problems().stream().anyMatch(one -> one.field().startsWith("listen.tls"))
        ? Optional.of(CERTIFICATE)
        : Optional.empty();
  }

  /** Returns a failure as text, with secrets masked and without the remedy. */
  public static String problem(Throwable failure) {
    String words = SecretText.masked(Causes.inWords(failure));
    return of(failure).map(remedy -> words.replace("; " + remedy, "")).orElse(words);
  }

  /** Returns the remedy for an address that the server cannot listen on. */
  static String port(IOException failure) {
    return String.valueOf(failure.getMessage()).contains("in use")
        ? "stop what listens there, or set another port"
        : "set bind to an address of this machine, and port to one that this user may use";
  }
}
