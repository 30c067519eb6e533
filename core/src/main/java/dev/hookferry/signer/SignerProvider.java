package dev.hookferry.signer;

/**
 * Factory for one kind of signer. The server finds providers on its class path with {@link
 * java.util.ServiceLoader} and selects them by the scheme of each value in the setting {@code
 * signers}.
 */
public interface SignerProvider {
  /**
   * Returns the scheme that selects this kind of signer, such as {@code vault} for {@code
   * vault:https://vault.example/transit}. It consists of 1 to 64 letters, digits and {@code _.+-},
   * and begins with a letter; {@code sealed} is reserved. It is stored with each key, so it must
   * never change.
   */
  String scheme();

  /**
   * Opens a signer. The server calls this once when it starts, and closes the signer when it stops.
   *
   * @param location the part of the value after the scheme and its colon; may be empty. Read
   *     credentials from a file or the environment instead
   * @throws dev.hookferry.refusal.InvalidException if the location is invalid; the server reports
   *     the message and does not start
   */
  Signer open(String location);
}
