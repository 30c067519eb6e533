package dev.hookferry.secret;

import java.util.List;

/**
 * Thrown when a master key is missing or the key source cannot be used. The message is intended for
 * the operator and contains no secrets.
 */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message states what is wrong and what to do. */
  public MasterKeyException(String message) {
    super(message);
  }

  /**
   * Creates the exception for a secret whose sealing key is not available.
   *
   * @param context the context of the secret
   * @param keyId the name of the missing key
   * @param available the names of the available keys
   */
  public static MasterKeyException missing(String context, String keyId, List<String> available) {
    return new MasterKeyException(
        context
            + " is sealed with the master key "
            + keyId
            + ", which is not given ("
            + (available.isEmpty()
                ? "no master key was given"
                : "given: " + String.join(", ", available))
            + ")");
  }
}
