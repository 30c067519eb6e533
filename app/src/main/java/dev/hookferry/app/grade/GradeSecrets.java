package dev.hookferry.app.grade;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that requests are signed with; {@link #toString} does not show them.
 *
 * @param qlm the secret of {@code X-QLM-Signature}, or null to send no such signature
 * @param standard the secrets of {@code webhook-signature}; empty to send no such signature
 */
public record GradeSecrets(@Nullable String qlm, List<StandardSecret> standard) {
  /** No secrets, for a request without signatures. */
  static final GradeSecrets NONE = new GradeSecrets(null, List.of());

  private static final String OPTION = "--secret-file";

  public GradeSecrets {
    standard = List.copyOf(standard);
  }

  /**
   * Sorts secrets by scheme: those that begin with {@code whsec_} are for Standard Webhooks.
   *
   * @throws InvalidException if there is none, more than one of a scheme, an Ed25519 key, or a
   *     malformed one
   */
  public static GradeSecrets of(List<String> secrets) {
    List<String> standard =
        secrets.stream().filter(secret -> secret.startsWith(StandardSecret.PREFIX)).toList();
    List<String> qlm = secrets.stream().filter(secret -> !standard.contains(secret)).toList();
    if (secrets.isEmpty()) {
      throw InvalidException.of(
          OPTION, "or --secret-env is required, with the secret that the receiver verifies with");
    }
    if (qlm.stream().anyMatch(GradeSecrets::isKey)) {
      throw InvalidException.of(
          OPTION,
          "must not be an Ed25519 key (whsk_ or whpk_): receivers are graded with shared secrets");
    }
    if (qlm.size() > 1 || standard.size() > 1) {
      throw InvalidException.of(OPTION, "takes one whsec_ secret and one other at most");
    }
    return new GradeSecrets(
        qlm.isEmpty() ? null : qlm.get(0), standard.stream().map(StandardSecret::parse).toList());
  }

  private static boolean isKey(String text) {
    return text.startsWith(Ed25519Key.PRIVATE_PREFIX) || text.startsWith(Ed25519Key.PUBLIC_PREFIX);
  }

  /** Returns whether {@code webhook-signature}, which covers the time, is sent. */
  boolean coversTimestamp() {
    return !standard.isEmpty();
  }

  /** Returns generated secrets for the same schemes. */
  GradeSecrets others(RandomGenerator random) {
    StandardSecret other = StandardSecret.generate(random);
    return new GradeSecrets(
        qlm == null ? null : other.reveal(), coversTimestamp() ? List.of(other) : List.of());
  }

  /** Returns a copy whose standard secrets follow those of another set, as during a rotation. */
  GradeSecrets after(GradeSecrets older) {
    List<StandardSecret> all = new ArrayList<>(older.standard);
    all.addAll(standard);
    return new GradeSecrets(qlm, all);
  }

  /** Returns the names of the headers that carry the signatures. */
  public List<String> headers() {
    List<String> names = new ArrayList<>();
    if (qlm != null) {
      names.add(QlmSignature.HEADER);
    }
    if (coversTimestamp()) {
      names.add(StandardSignature.HEADER);
    }
    return names;
  }

  /** Returns the secrets themselves. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (qlm != null) {
      texts.add(qlm);
    }
    standard.forEach(secret -> texts.add(secret.reveal()));
    return texts;
  }

  @Override
  public String toString() {
    return "GradeSecrets" + headers();
  }
}
