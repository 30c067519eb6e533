package dev.hookferry.secret;

import java.util.List;

/**
 * A master key is missing, or the place where master keys are kept cannot be used. The message is
 * meant for the operator and holds nothing secret.
 */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do. */
  public MasterKeyException(String message) {
    super(message);
  }

  /**
   * A secret cannot be opened, because the key that sealed it is not there.
   *
   * @param what the secret's place
   * @param keyId the name of the missing key
   * @param present the names of the keys that are there
   */
  public static MasterKeyException missing(String what, String keyId, List<String> present) {
    return new MasterKeyException(
        what
            + " is sealed with the master key "
            + keyId
            + ", which is not given ("
            + (present.isEmpty() ? "no master key is" : "given: " + String.join(", ", present))
            + ")");
  }
}
