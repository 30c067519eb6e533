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
 * Checks that a request can have the headers of all signatures of an endpoint: no two of them may
 * write a header of the same name, unless both write the same into it.
 */
public final class SignatureHeaders {
  /** Headers that every request has, signed or not. */
  private static final List<Companion> USUAL =
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
   * Adds a problem for each header that cannot be sent as its signature needs it.
   *
   * @param signatures no two with the same signature header, except for those of Standard Webhooks
   * @param others returns the other setting of the endpoint that sends a header of this name, or
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

  /** Compares the headers of one signature with each other, and with those of every request. */
  private void alone(int number, SignatureForm form) {
    List<Companion> others = new ArrayList<>(USUAL);
    for (Companion companion : form.companions()) {
      if (others.stream().anyMatch(other -> isInTheWay(companion, other))) {
        refuse(number, companion.name(), "already has another value");
      }
      others.add(companion);
    }
    if (others.stream().anyMatch(other -> isSame(other.name(), form.header()))) {
      refuse(number, form.header(), "already has another value than the signature");
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

  /** The signatures of Standard Webhooks are joined in one header. */
  private static boolean share(SignatureForm one, SignatureForm two) {
    return isSame(one.header(), two.header())
        && isSame(one.header(), StandardSignature.HEADER)
        && isStandard(one)
        && isStandard(two);
  }

  /** Ed25519 signatures have no digests. */
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

  /** Names the one whose header can be another one. */
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
