package dev.hookferry.http.console.text;

import dev.hookferry.http.words.NumberText;
import dev.hookferry.refusal.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for the errors of a form: what to enter, instead of the rule that was violated. */
public final class FormAdvice {
  private static final Pattern GOT = Pattern.compile(" \\(got .*\\)$");
  private static final Pattern VALUE =
      Pattern.compile("must be ((?:an? |one of |[0-9]|valid |visible |names ).*)");
  private static final Pattern LENGTH =
      Pattern.compile("must have ((?:[0-9]+ to|at most|at least) [0-9]+ characters.*)");
  private static final Pattern ADDRESS =
      Pattern.compile("must not lead to an address ([^;]*); use a public one(, or .*)?");
  private static final Pattern BOUNDS = Pattern.compile("(.*whole number.*? )([0-9]{4,9})$");
  private static final Pattern PREDICATE = Pattern.compile("(?:must|is|has|cannot|may) .*");

  private FormAdvice() {}

  /**
   * Returns the line of a problem in a list of errors, beginning with the label of its field.
   *
   * @param own labels of this form only, by field
   */
  public static String line(Problem problem, Map<String, String> own) {
    String label = FieldLabels.label(problem, own);
    String advice = advice(problem);
    if (label.isEmpty() || isSentence(advice)) {
      return sentence(advice);
    }
    boolean isNamed = !label.equals(problem.field());
    return isNamed && PREDICATE.matcher(advice).matches()
        ? label + " " + advice + "."
        : label + ": " + advice + (isNamed ? "." : "");
  }

  /** Returns the sentence that is shown beside the field of a problem. */
  public static String beside(Problem problem) {
    String advice = advice(problem);
    boolean hasLabel = !FieldLabels.label(problem, Map.of()).equals(problem.field());
    return hasLabel && PREDICATE.matcher(advice).matches()
        ? line(problem, Map.of())
        : sentence(advice);
  }

  private static boolean isSentence(String advice) {
    return Character.isUpperCase(advice.charAt(0)) && advice.endsWith(".");
  }

  private static String sentence(String phrase) {
    return isSentence(phrase)
        ? phrase
        : phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + ".";
  }

  /** Returns what to do: an imperative, a sentence, or the rule itself. */
  private static String advice(Problem problem) {
    String reason = GOT.matcher(FieldLabels.reason(problem)).replaceFirst("");
    if (reason.startsWith("must name at least one event type")) {
      return "Choose at least one event type.";
    }
    Matcher address = ADDRESS.matcher(reason);
    if (address.matches()) {
      String remedy =
          address.group(2) == null ? "." : ", or allow its network with outbound.allowNetworks.";
      return "This URL leads to an address " + address.group(1) + ". Use a public one" + remedy;
    }
    for (Pattern pattern : new Pattern[] {VALUE, LENGTH}) {
      Matcher value = pattern.matcher(reason);
      if (value.matches()) {
        return "enter " + grouped(value.group(1));
      }
    }
    return reason;
  }

  /** Returns the text with its upper bound as numbers are shown elsewhere. */
  private static String grouped(String text) {
    Matcher bounds = BOUNDS.matcher(text);
    return bounds.matches()
        ? bounds.group(1) + NumberText.of(Integer.parseInt(bounds.group(2)))
        : text;
  }
}
