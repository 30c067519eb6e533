package dev.hookferry.signing;

import dev.hookferry.refusal.Problems;
import dev.hookferry.signing.SignatureForm.Companion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Check for conflicts between the headers of an endpoint's signatures. Two signatures may set the
 * same header only if both set it to the same value.
 */
public final class SignatureHeaders {
  /** Headers present in every request, signed or not. */
  private static final List<Companion> DEFAULTS =
      List.of(
          new Companion(StandardSignature.ID_HEADER, "{id}"),
          new Companion(StandardSignature.TIMESTAMP_HEADER, "{t}"));

  private final Problems problems;
  private final List<Signature> signatures;

  private SignatureHeaders(Problems problems, List<Signature> signatures) {
    this.problems = problems;
    this.signatures = signatures;
  }

  /**
   * Adds a problem for each header that conflicts with another.
   *
   * @param signatures the signatures to check; only those of Standard Webhooks may share a
   *     signature header
   * @param others returns the name of another endpoint setting that sends a header of this name, or
   *     null
   */
  public static void check(
      Problems problems, List<Signature> signatures, Function<String, @Nullable String> others) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(signatures, "signatures");
    Objects.requireNonNull(others, "others");
    SignatureHeaders check = new SignatureHeaders(problems, signatures);
    for (int i = 0; i < signatures.size(); i++) {
      SignatureForm form = SignatureForm.of(signatures.get(i));
      check.alone(i, form);
      for (String name : form.headers()) {
        String writer = others.apply(name);
        if (writer != null) {
          check.refuse(i, name, "is also sent by " + writer);
        }
      }
      for (int j = 0; j < i; j++) {
        check.beside(j, i);
      }
    }
  }

  /** Compares the headers of one signature with each other and with those of every request. */
  private void alone(int number, SignatureForm form) {
    List<Companion> others = new ArrayList<>(DEFAULTS);
    for (Companion companion : form.companions()) {
      if (others.stream().anyMatch(other -> isInTheWay(companion, other))) {
        refuse(number, companion.name(), "already has another value");
      }
      others.add(companion);
    }
    if (others.stream().anyMatch(other -> isSame(other.name(), form.header()))) {
      refuse(number, form.header(), "is already set to something other than the signature");
    }
  }

  private void beside(int first, int second) {
    SignatureForm one = SignatureForm.of(signatures.get(first));
    SignatureForm two = SignatureForm.of(signatures.get(second));
    Stream.of(
            two.headers().stream().filter(name -> isSame(name, one.header()) && !share(one, two)),
            one.headers().stream().skip(1).filter(name -> isSame(name, two.header())),
            two.companions().stream()
                .filter(own -> one.companions().stream().anyMatch(o -> isInTheWay(own, o)))
                .map(Companion::name))
        .flatMap(names -> names)
        .findFirst()
        .ifPresent(name -> refuse(first, second, name));
  }

  /** Returns whether two signatures may share a header: those of Standard Webhooks are joined. */
  private static boolean share(SignatureForm one, SignatureForm two) {
    return isSame(one.header(), two.header())
        && isSame(one.header(), StandardSignature.HEADER)
        && isStandard(one)
        && isStandard(two);
  }

  /** Returns whether a form is one of Standard Webhooks; an Ed25519 form has no digests. */
  private static boolean isStandard(SignatureForm form) {
    return form.digests().stream()
        .allMatch(digest -> digest.before().equals(SignatureForm.HMAC_VERSION));
  }

  private static boolean isInTheWay(Companion one, Companion other) {
    return isSame(one.name(), other.name()) && !one.value().equals(other.value());
  }

  private static boolean isSame(String name, String other) {
    return name.equalsIgnoreCase(other);
  }

  /** Adds the problem to the signature whose header can be renamed. */
  private void refuse(int first, int second, String name) {
    boolean isFirst = signatures.get(second).options().isEmpty();
    Signature other = signatures.get(isFirst ? second : first);
    refuse(
        isFirst ? first : second, name, "is also sent by the signature " + other.profile().code());
  }

  private void refuse(int number, String name, String reason) {
    problems.add("signatures[" + number + "]." + name, reason + "; choose another name");
  }
}
