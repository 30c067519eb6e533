package dev.hookferry.signer;

/**
 * Opens signers of one kind for the server, which finds providers on its class path by {@link
 * java.util.ServiceLoader} and chooses them by the beginning of the values of its setting {@code
 * signers}.
 */
public interface SignerProvider {
  /**
   * Returns the scheme by which the setting names this kind of signer, such as {@code vault} for
   * {@code vault:https://vault.example/transit}. It consists of 1 to 64 letters, digits and {@code
   * _.+-}, and begins with a letter. {@code sealed} is taken. Keys remember it, so it must stay the
   * same.
   */
  String scheme();

  /**
   * Opens a signer. Called once, at the start of the server, which closes the signer at its end.
   *
   * @param location the value after the scheme and its colon; may be empty. Credentials are better
   *     read from a file or the environment
   * @throws dev.hookferry.refusal.InvalidException if the location is wrong; the server does not
   *     start, and shows the message
   */
  Signer open(String location);
}
