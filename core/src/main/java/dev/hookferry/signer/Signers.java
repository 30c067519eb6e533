package dev.hookferry.signer;

import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519Key;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The signers of a process by name, including the one that creates new keys. Immutable and
 * thread-safe.
 */
public final class Signers {
  /** No signers: Hookferry creates and seals the keys of sites itself. */
  public static final Signers NONE = new Signers(Map.of(), null);

  /** Name that, in a list of signers, stands for keys that Hookferry creates and seals itself. */
  public static final String SEALED = "sealed";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.+-]{0,63}");
  private static final int SIGNATURE_LENGTH = 64;
  private static final String TRIAL = "This signature shows that the key can be used.";

  private final Map<String, Signer> byName;
  private final @Nullable String creator;

  private Signers(Map<String, Signer> byName, @Nullable String creator) {
    this.byName = byName;
    this.creator = creator;
  }

  /**
   * Returns a collection with one signer, which creates new keys.
   *
   * @throws InvalidException under the same conditions as {@link #with}
   */
  public static Signers of(String name, Signer signer) {
    return NONE.with(name, signer);
  }

  /**
   * Returns a copy with an additional signer, which creates new keys in place of any earlier one.
   *
   * @param name stored with each key, so it must never change: 1 to 64 letters, digits and {@code
   *     _.+-}, beginning with a letter
   * @throws InvalidException if the name is malformed, {@code sealed}, or already in use
   */
  public Signers with(String name, Signer signer) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(signer, "signer");
    if (!NAME.matcher(name).matches() || name.equals(SEALED)) {
      throw InvalidException.of(
          "signer",
          "must have a name of 1 to 64 characters of A-Z a-z 0-9 _ . + - that begins with a letter"
              + ", other than \"sealed\"");
    }
    if (byName.containsKey(name)) {
      throw InvalidException.of("signer", name + " already exists; signer names must be unique");
    }
    Map<String, Signer> more = new LinkedHashMap<>(byName);
    more.put(name, signer);
    return new Signers(Collections.unmodifiableMap(more), name);
  }

  /**
   * Returns a copy for which Hookferry creates and seals new keys itself. The signers' current keys
   * continue to sign until they are rotated.
   */
  public Signers sealingNewKeys() {
    return new Signers(byName, null);
  }

  /** Returns the names of the signers. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** Returns the name of the signer that creates new keys, or null if Hookferry creates them. */
  public @Nullable String creator() {
    return creator;
  }

  /**
   * Requests a new key from the signer that creates them, and tests the key by signing with it.
   * Blocks.
   *
   * @throws SignerException if the signer does not return a working key
   */
  public Signer.Key newKey(SiteId site) {
    Objects.requireNonNull(site, "site");
    String name = Objects.requireNonNull(creator, "creator");
    Signer.Key key = call(name, "returned no key", () -> of(name).newKey(site));
    if (key == null) {
      throw new SignerException("the signer " + name + " returned null instead of a key");
    }
    byte[] signature = sign(name, key.name(), Ed25519Key.message(TRIAL, Payload.empty()));
    if (!Ed25519Key.verifies(
        key.publicKey(), Ed25519Key.versioned(signature), TRIAL, Payload.empty())) {
      throw new SignerException(
          "the signer "
              + name
              + " returned an unusable key: its signature does not verify with its public key");
    }
    return key;
  }

  /**
   * Signs a message. Blocks.
   *
   * @param name the name of the signer
   * @param key the name of the signer's key
   * @throws SignerException if there is no such signer, or if it fails to sign
   */
  public byte[] sign(String name, String key, byte[] message) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(message, "message");
    byte[] signature = call(name, "did not sign", () -> of(name).sign(key, message));
    if (signature == null || signature.length != SIGNATURE_LENGTH) {
      throw new SignerException(
          "the signer "
              + name
              + " did not sign: a signature has 64 bytes, and it returned "
              + (signature == null ? "null" : signature.length));
    }
    return signature;
  }

  private Signer of(String name) {
    Signer signer = byName.get(name);
    if (signer == null) {
      throw new SignerException(
          "the site's key is held by the signer " + name + ", which this process does not have");
    }
    return signer;
  }

  private static <T> @Nullable T call(String name, String failure, Callable<T> call) {
    try {
      return call.call();
    } catch (SignerException e) {
      throw e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new SignerException("the signer " + name + " " + failure + ": " + message(e), e);
    }
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Closes all signers. Rethrows the first failure after all have been closed. */
  public void close() {
    RuntimeException first = null;
    for (Signer signer : byName.values()) {
      try {
        signer.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
