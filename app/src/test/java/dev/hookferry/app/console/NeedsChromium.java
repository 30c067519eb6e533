package dev.hookferry.app.console;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips, and says so in a line, where there is no Chromium; in CI that is a failure instead. */
final class NeedsChromium implements ExecutionCondition {
  private static final boolean REQUIRED =
      System.getenv().getOrDefault("HOOKFERRY_TEST_REQUIRE", "").contains("chromium");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Chromium.installed().isPresent()) {
      return ConditionEvaluationResult.enabled("there is a Chromium");
    }
    String missing = "SKIPPED: no Chromium in /usr/bin (apt-get install chromium): console tests";
    if (REQUIRED) {
      throw new IllegalStateException(missing);
    }
    if (context.getTestMethod().isEmpty()) {
      System.out.println(missing);
    }
    return ConditionEvaluationResult.disabled(missing);
  }
}
